package io.punctual.infrastructure.observation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.punctual.infrastructure.alarm.Alarms;
import io.punctual.infrastructure.alarm.Alarms.When;
import io.punctual.infrastructure.alarm.Urgency;
import io.punctual.infrastructure.settings.Service;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.logs.CfnMetricFilter;
import software.constructs.Construct;

/**
 * What only the log says: counted by metric filters on its JSON (ECS), and alarms on it.
 */
final class LogAlarms {

	static final String NAMESPACE = "Punctual/Logs";

	private final Construct scope;

	private final Alarms alarms;

	LogAlarms(Construct scope, Alarms alarms) {
		this.scope = scope;
		this.alarms = alarms;
	}

	/**
	 * A line that is counted.
	 *
	 * @param metric what it is counted as
	 * @param service in whose log
	 * @param level its level
	 * @param message a part of its message; empty: any
	 */
	record Line(String metric, Service service, String level, String message) {

		String pattern() {
			String level = "($.log.level = \"" + this.level + "\")";
			return this.message.isEmpty() ? "{ " + level + " }"
					: "{ " + level + " && ($.message = \"*" + this.message + "*\") }";
		}

	}

	/**
	 * Everything that is counted.
	 */
	static List<Line> lines() {
		List<Line> lines = new ArrayList<>();
		for (Service service : Service.values()) {
			lines.add(new Line("errors", service, "ERROR", ""));
			lines.add(new Line("readers.halted", service, "ERROR", "The reader of * has halted"));
		}
		lines.add(new Line("verdicts.contradicted", Service.SLA, "ERROR", "a log broke its promise of completeness"));
		lines.add(new Line("threads.dead", Service.DELIVERY, "ERROR", "Work waits and nothing is done"));
		return lines;
	}

	void alarm() {
		for (Line line : lines()) {
			CfnMetricFilter.Builder.create(this.scope, "Count" + title(line.metric()) + line.service().title())
				.filterName("punctual-" + line.metric())
				.logGroupName(Watched.logGroup(line.service().id()))
				.filterPattern(line.pattern())
				.metricTransformations(List.of(CfnMetricFilter.MetricTransformationProperty.builder()
					.metricNamespace(NAMESPACE)
					.metricName(line.metric() + "." + line.service().id())
					.metricValue("1")
					.defaultValue(0)
					.unit("Count")
					.build()))
				.build();
		}
		ring("errors-logged", Urgency.TICKET, "A service logs errors", "errors", 5);
		ring("reader-halted", Urgency.PAGE,
				"A service has stopped to read another one's log and does not go on by itself", "readers.halted", 0);
		ring("verdict-contradicted", Urgency.PAGE,
				"A clock was judged, and then an event showed that it had been stopped in time",
				"verdicts.contradicted", 0);
		ring("threads-dead", Urgency.PAGE, "A thread that delivery lives by is dead: the task has to be replaced",
				"threads.dead", 0);
	}

	private void ring(String name, Urgency urgency, String says, String metric, int above) {
		Duration period = Duration.minutes(5);
		List<Metric> counts = lines().stream().filter((line) -> line.metric().equals(metric)).map(this::count).toList();
		this.alarms.ring(name, urgency, says, Together.sum(metric, period, counts), When.above(above, 1));
	}

	private Metric count(Line line) {
		return Metric.Builder.create()
			.namespace(NAMESPACE)
			.metricName(line.metric() + "." + line.service().id())
			.statistic("Sum")
			.label(line.service().id())
			.build();
	}

	private static String title(String metric) {
		return Arrays.stream(metric.split("\\."))
			.map((word) -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
			.reduce("", String::concat);
	}

}
