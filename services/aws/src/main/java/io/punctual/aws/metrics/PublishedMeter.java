package io.punctual.aws.metrics;

import java.util.List;
import java.util.Map;

/**
 * An entry of {@code punctual-meters.yaml}: a metric that may reach CloudWatch.
 *
 * @param metric its name there: the meter's, and which of its measurements
 * @param services which services publish it
 * @param dimensions its dimensions besides {@code Service}, each with its values
 * @param statistic by which it is to be read, because several tasks send data points
 * @param unit CloudWatch's unit
 * @param says what it says
 */
record PublishedMeter(String metric, List<String> services, Map<String, List<String>> dimensions, String statistic,
		String unit, String says) {

	/**
	 * The meter's name: the metric's without {@code .count}, {@code .max},
	 * {@code .value}.
	 */
	String meter() {
		return this.metric.substring(0, this.metric.lastIndexOf('.'));
	}

}
