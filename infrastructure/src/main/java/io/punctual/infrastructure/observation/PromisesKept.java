package io.punctual.infrastructure.observation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.punctual.infrastructure.alarm.Alarms;
import io.punctual.infrastructure.alarm.Alarms.When;
import io.punctual.infrastructure.alarm.Urgency;
import io.punctual.infrastructure.settings.Service;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.MathExpression;
import software.amazon.awscdk.services.cloudwatch.Metric;

/**
 * The part of promises that is broken, and alarms on how fast that uses up what may be
 * broken: two windows each, so that they ring soon and stop soon.
 *
 * @see <a href="https://sre.google/workbook/alerting-on-slos/">Alerting on SLOs</a>
 */
final class PromisesKept {

	/**
	 * The part of promises that is to be kept in 30 days.
	 */
	static final double OBJECTIVE = 0.995;

	/**
	 * Fewer broken promises than this in a window are no rate; each is a ticket by
	 * itself.
	 */
	private static final int FEWEST = 3;

	private final Meters meters;

	PromisesKept(Meters meters) {
		this.meters = meters;
	}

	List<Metric> kept() {
		return this.meters.ofEachValue(Service.SLA, "punctual.promises.kept.count", "objective");
	}

	List<Metric> broken() {
		return this.meters.ofEachValue(Service.SLA, "punctual.promises.broken.count", "objective");
	}

	/**
	 * Kept promises of a hundred judged ones.
	 */
	MathExpression percentage(Duration window) {
		return over(window, "Kept, %", "IF(%2$s+%1$s>0,100*%2$s/(%1$s+%2$s),100)");
	}

	private MathExpression burn(Duration window) {
		return over(window, "Broken part", "IF(%1$s>=" + FEWEST + ",(%1$s)/(%1$s+%2$s),0)");
	}

	private MathExpression over(Duration window, String label, String expression) {
		Map<String, IMetric> named = new LinkedHashMap<>();
		String broken = add(named, "b", broken(), window);
		String kept = add(named, "k", kept(), window);
		return MathExpression.Builder.create()
			.expression(expression.formatted(broken, kept))
			.usingMetrics(named)
			.period(window)
			.label(label)
			.build();
	}

	private static String add(Map<String, IMetric> named, String prefix, List<Metric> metrics, Duration window) {
		IntStream.range(0, metrics.size())
			.forEach((index) -> named.put(prefix + index, Together.every(metrics.get(index), window)));
		return IntStream.range(0, metrics.size())
			.mapToObj((index) -> "FILL(" + prefix + index + ",0)")
			.collect(Collectors.joining("+", "(", ")"));
	}

	void alarm(Alarms alarms) {
		burning(alarms, "promises-burn-fast", Urgency.PAGE, 14.4, Duration.hours(1), Duration.minutes(5));
		burning(alarms, "promises-burn-slow", Urgency.PAGE, 6, Duration.hours(6), Duration.minutes(30));
		burning(alarms, "promises-burn-day", Urgency.TICKET, 3, Duration.hours(24), Duration.hours(2));
		alarms.ring("promise-broken", Urgency.TICKET, "A promise was broken, and not by its recipient's own fault",
				Together.sum("Broken", Duration.minutes(5), broken()), When.above(0, 1));
	}

	private void burning(Alarms alarms, String name, Urgency urgency, double factor, Duration window, Duration check) {
		double most = Math.round(1e6 * factor * (1 - OBJECTIVE)) / 1e6;
		Alarm longer = alarms.part(name + "-window", name, "Broken promises over the longer window", burn(window),
				When.above(most, 1));
		Alarm shorter = alarms.part(name + "-check", name, "Broken promises over the shorter window", burn(check),
				When.above(most, 1));
		alarms.all(name, urgency,
				"Promises are being broken %s times as fast as the objective of %s allows".formatted(
						(factor == (int) factor) ? Integer.toString((int) factor) : Double.toString(factor), OBJECTIVE),
				longer, shorter);
	}

}
