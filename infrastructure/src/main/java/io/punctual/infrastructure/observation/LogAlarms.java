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
	 * A line of level {@code ERROR} that is counted.
	 *
	 * @param metric what it is counted as
	 * @param service in whose log
	 * @param message a part of its message; empty: any
	 */
	record Line(String metric, Service service, String message) {

		/**
		 * Two libraries call an error what is tried again: Hibernate a deadlock, and
		 * Micrometer a minute's metrics that were not taken. What stays so is logged by
		 * Hibernate's caller, or is a service that is silent.
		 */
		String pattern() {
			String level = "{ ($.log.level = \"ERROR\") && ";
			return level + (this.message.isEmpty()
					? "($.log.logger != \"org.hibernate.*\") && ($.log.logger != \"io.micrometer.*\") }"
					: "($.message = \"*" + this.message + "*\") }");
		}

	}

	/**
	 * Everything that is counted.
	 */
	static List<Line> lines() {
		List<Line> lines = new ArrayList<>();
		for (Service service : Service.values()) {
			lines.add(new Line("errors", service, ""));
			lines.add(new Line("readers.halted", service, " has halted: "));
		}
		lines.add(new Line("verdicts.contradicted", Service.SLA, "a log broke its promise of completeness"));
		lines.add(new Line("evidence.changed", Service.SLA, "The audit is not as it was written"));
		lines.add(new Line("threads.dead", Service.DELIVERY, "Work waits and nothing is done"));
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
		ring("errors-logged", Urgency.TICKET, "A service has logged an error", "errors");
		ring("reader-halted", Urgency.PAGE,
				"A service has stopped to read another one's log and does not go on by itself", "readers.halted");
		ring("verdict-contradicted", Urgency.PAGE,
				"A clock was judged, and then an event showed that it had been stopped in time",
				"verdicts.contradicted");
		ring("evidence-changed", Urgency.PAGE, "An entry of the audit is not what was written, or is gone",
				"evidence.changed");
		ring("threads-dead", Urgency.PAGE, "A thread that delivery lives by is dead: the task has to be replaced",
				"threads.dead");
	}

	private void ring(String name, Urgency urgency, String says, String metric) {
		Duration period = Duration.minutes(5);
		List<Metric> counts = lines().stream().filter((line) -> line.metric().equals(metric)).map(this::count).toList();
		this.alarms.ring(name, urgency, says, Together.sum(metric, period, counts), When.above(0, 1));
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
