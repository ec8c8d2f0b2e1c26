package io.punctual.infrastructure.observation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

import io.punctual.infrastructure.support.Template;
import io.punctual.infrastructure.support.Template.Resource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A metric that an alarm or a graph asks for.
 *
 * @param place who asks
 * @param namespace its namespace
 * @param name its name
 * @param dimensions its dimensions; values that only a deployment knows are words of the
 * template
 * @param statistic by which it is read
 */
record WatchedMetric(String place, String namespace, String name, Map<String, String> dimensions, String statistic) {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	/**
	 * All that a stack's alarms and dashboards ask for.
	 */
	static List<WatchedMetric> of(Template stack) {
		List<WatchedMetric> found = new ArrayList<>();
		for (Resource alarm : stack.all("AWS::CloudWatch::Alarm")) {
			String place = alarm.text("AlarmName");
			if (!alarm.at("MetricName").isMissingNode()) {
				found.add(of(place, alarm.json().at("/Properties"), alarm.text("Statistic")));
			}
			alarm.at("Metrics").forEach((metric) -> {
				JsonNode stat = metric.path("MetricStat");
				if (!stat.isMissingNode()) {
					found.add(of(place, stat.path("Metric"), stat.path("Stat").asString("")));
				}
			});
		}
		for (Resource dashboard : stack.all("AWS::CloudWatch::Dashboard")) {
			widgets(dashboard).forEach((widget) -> widget.at("/properties/metrics")
				.forEach((metric) -> graphed(widget.at("/properties/title").asString(""), metric, found)));
		}
		return found;
	}

	/**
	 * A dashboard's widgets, in its order.
	 */
	static List<JsonNode> widgets(Resource dashboard) {
		StringBuilder text = new StringBuilder();
		dashboard.at("DashboardBody/Fn::Join/1")
			.forEach((part) -> text.append(part.isString() ? part.asString() : "of-the-deployment"));
		return StreamSupport.stream(JSON.readTree(text.toString()).path("widgets").spliterator(), false).toList();
	}

	private static WatchedMetric of(String place, JsonNode metric, String statistic) {
		Map<String, String> dimensions = new TreeMap<>();
		metric.path("Dimensions")
			.forEach((one) -> dimensions.put(one.path("Name").asString(""),
					one.path("Value").isString() ? one.path("Value").asString() : one.path("Value").toString()));
		return new WatchedMetric(place, metric.path("Namespace").asString(""), metric.path("MetricName").asString(""),
				dimensions, statistic);
	}

	/**
	 * Namespace, name, dimensions by turns and what it is to look like; an expression has
	 * the last only.
	 */
	private static void graphed(String title, JsonNode metric, List<WatchedMetric> found) {
		JsonNode look = metric.get(metric.size() - 1);
		if (metric.size() > 1) {
			Map<String, String> dimensions = new TreeMap<>();
			for (int index = 2; index + 1 < metric.size(); index += 2) {
				dimensions.put(metric.get(index).asString(), metric.get(index + 1).asString());
			}
			found.add(new WatchedMetric(title, metric.get(0).asString(), metric.get(1).asString(), dimensions,
					look.path("stat").asString("Average")));
		}
	}

	String dimensionNames() {
		return String.join(" ", this.dimensions.keySet());
	}

	/**
	 * Its dimensions but that one.
	 */
	Map<String, String> furtherThan(String dimension) {
		Map<String, String> further = new TreeMap<>(this.dimensions);
		further.remove(dimension);
		return further;
	}

}
