package io.punctual.infrastructure.alarm;

import java.util.List;
import java.util.Map;

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
		return Synthesised.production()
			.stacks()
			.values()
			.stream()
			.flatMap((stack) -> stack.all(type).stream())
			.toList();
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
