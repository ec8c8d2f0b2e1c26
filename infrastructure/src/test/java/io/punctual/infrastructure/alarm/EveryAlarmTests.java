package io.punctual.infrastructure.alarm;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.punctual.infrastructure.support.NeedsNode;
import io.punctual.infrastructure.support.Synthesised;
import io.punctual.infrastructure.support.Template.Resource;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What holds of every alarm of every stack.
 */
@NeedsNode
class EveryAlarmTests {

	private static List<Resource> all(String type) {
		return Synthesised.production().all(type);
	}

	@Test
	void ringsForWhatIsTooMuchAndNotForWhatIsLittle() {
		assertThat(all("AWS::CloudWatch::Alarm")).hasSizeGreaterThan(60).allSatisfy((alarm) -> {
			String name = alarm.text("AlarmName");
			assertThat(alarm.text("ComparisonOperator")).as(name)
				.isEqualTo(name.endsWith("-release") ? "GreaterThanOrEqualToThreshold" : "GreaterThanThreshold");
			assertThat(alarm.at("Threshold").isNumber()).as(name).isTrue();
			assertThat(alarm.text("TreatMissingData")).as(name).isIn("breaching", "notBreaching");
		});
	}

	/**
	 * But where a cause comes and goes: what callers are answered, and what the canary
	 * tries every five minutes only.
	 */
	@Test
	void ringsForPointsInARow() {
		Map<String, Integer> amongMore = Map.of("punctual-api-errors", 5, "punctual-balancer-errors-own", 5,
				"punctual-balancer-errors-targets", 5, "punctual-canary-failing", 3);
		assertThat(all("AWS::CloudWatch::Alarm")).isNotEmpty().allSatisfy((alarm) -> {
			String name = alarm.text("AlarmName");
			int looked = alarm.at("EvaluationPeriods").asInt();
			int bad = alarm.at("DatapointsToAlarm").asInt(looked);
			assertThat(bad).as(name).isPositive();
			assertThat(looked).as(name).isEqualTo(amongMore.getOrDefault(name, bad));
		});
	}

	/**
	 * Of what is counted the sum, of what must not run out the least, of what must last
	 * to matter the average, of all else the most of any task.
	 */
	@Test
	void looksAtTheWorstOfWhatWasMeasured() {
		Set<String> least = Set.of("FreeStorageSpace", "FreeableMemory", "HealthCheckStatus", "days_since_passed",
				"ok");
		Set<String> lasting = Set.of("CPUUtilization", "MemoryUtilization", "DiskQueueDepth");
		Set<String> levels = Set.of("ApproximateAgeOfOldestMessage", "ApproximateNumberOfMessagesVisible",
				"DatabaseConnections", "HealthyHostCount", "UnHealthyHostCount", "Reputation.BounceRate",
				"Reputation.ComplaintRate", "arrivedMs");
		statistics().forEach((metric, statistics) -> {
			String expected = "Sum";
			if (least.contains(metric)) {
				expected = "Minimum";
			}
			else if (lasting.contains(metric)) {
				expected = "Average";
			}
			else if (levels.contains(metric) || metric.endsWith(".value")) {
				expected = "Maximum";
			}
			assertThat(statistics).as(metric).containsExactly(expected);
		});
	}

	private static Map<String, Set<String>> statistics() {
		Map<String, Set<String>> statistics = new TreeMap<>();
		for (Resource alarm : all("AWS::CloudWatch::Alarm")) {
			if (!alarm.text("MetricName").isEmpty()) {
				note(statistics, alarm.text("MetricName"), alarm.text("Statistic"));
			}
			alarm.at("Metrics").forEach((metric) -> {
				if (metric.has("MetricStat")) {
					note(statistics, metric.at("/MetricStat/Metric/MetricName").asString(),
							metric.at("/MetricStat/Stat").asString());
				}
			});
		}
		assertThat(statistics).hasSizeGreaterThan(50);
		return statistics;
	}

	private static void note(Map<String, Set<String>> statistics, String metric, String statistic) {
		statistics.computeIfAbsent(metric, (none) -> new TreeSet<>()).add(statistic);
	}

	@Test
	void whoeverHearsThatItRingsHearsThatItIsOver() {
		for (String type : List.of("AWS::CloudWatch::Alarm", "AWS::CloudWatch::CompositeAlarm")) {
			assertThat(all(type)).isNotEmpty().allSatisfy((alarm) -> {
				assertThat(alarm.at("OKActions")).as(alarm.text("AlarmName")).isEqualTo(alarm.at("AlarmActions"));
				assertThat(alarm.at("ActionsEnabled").asBoolean(true)).as(alarm.text("AlarmName")).isTrue();
			});
		}
	}

}
