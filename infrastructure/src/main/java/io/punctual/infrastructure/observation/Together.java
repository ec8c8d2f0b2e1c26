package io.punctual.infrastructure.observation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.MathExpression;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;

/**
 * Several metrics as one: CloudWatch does not aggregate across dimensions by itself.
 */
final class Together {

	private Together() {
	}

	/**
	 * The largest of them; one that says nothing counts as zero.
	 */
	static MathExpression largest(String label, Duration period, List<Metric> metrics) {
		return combine(label, period, metrics, (term) -> "FILL(" + term + ",0)", "MAX([", ",", "])");
	}

	/**
	 * Their sum.
	 */
	static MathExpression sum(String label, Duration period, List<Metric> metrics) {
		return combine(label, period, metrics, (term) -> "FILL(" + term + ",0)", "", "+", "");
	}

	/**
	 * How many of them say nothing.
	 */
	static MathExpression silent(String label, Duration period, List<Metric> metrics) {
		return combine(label, period, metrics, (term) -> "IF(FILL(" + term + ",0)>0,0,1)", "", "+", "");
	}

	/**
	 * How many of them say zero; one that says nothing is not counted.
	 */
	static MathExpression none(String label, Duration period, List<Metric> metrics) {
		return combine(label, period, metrics, (term) -> "IF(FILL(" + term + ",1)>0,0,1)", "", "+", "");
	}

	private static MathExpression combine(String label, Duration period, List<Metric> metrics,
			UnaryOperator<String> term, String before, String between, String after) {
		Map<String, IMetric> named = new LinkedHashMap<>();
		metrics.forEach((metric) -> named.put("m" + named.size(), every(metric, period)));
		return MathExpression.Builder.create()
			.expression(named.keySet().stream().map(term).collect(Collectors.joining(between, before, after)))
			.usingMetrics(named)
			.period(period)
			.label(label)
			.build();
	}

	/**
	 * The metric with another period.
	 */
	static Metric every(Metric metric, Duration period) {
		return metric.with(MetricOptions.builder().period(period).build());
	}

}
