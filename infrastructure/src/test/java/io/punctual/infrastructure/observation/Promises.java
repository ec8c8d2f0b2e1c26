package io.punctual.infrastructure.observation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.punctual.infrastructure.support.MetricMath;
import io.punctual.infrastructure.support.Template;
import io.punctual.infrastructure.support.Template.Resource;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Promises that are kept and broken minute by minute, and what the template's own alarms
 * make of them.
 */
final class Promises {

	private final Template stack;

	private final List<double @Nullable []> minutes = new ArrayList<>();

	Promises(Template stack) {
		this.stack = stack;
	}

	/**
	 * So many more minutes in which so many are judged.
	 */
	Promises during(int length, double kept, double broken) {
		for (int minute = 0; minute < length; minute++) {
			this.minutes.add(new double[] { kept, broken });
		}
		return this;
	}

	/**
	 * So many more minutes in which nothing is sent at all.
	 */
	Promises silent(int length) {
		for (int minute = 0; minute < length; minute++) {
			this.minutes.add(null);
		}
		return this;
	}

	int now() {
		return this.minutes.size();
	}

	/**
	 * The minutes at whose end an alarm rings.
	 */
	List<Integer> rings(String name) {
		List<Integer> rings = new ArrayList<>();
		for (int minute = 1; minute <= this.minutes.size(); minute++) {
			if (isRinging(name, minute)) {
				rings.add(minute);
			}
		}
		return rings;
	}

	private boolean isRinging(String name, int now) {
		Resource alarm = this.stack.resources()
			.stream()
			.filter((resource) -> resource.text("AlarmName").equals("punctual-" + name))
			.findFirst()
			.orElseThrow();
		if (alarm.type().endsWith("CompositeAlarm")) {
			return isRinging(name + "-window", now) && isRinging(name + "-check", now);
		}
		if (alarm.at("EvaluationPeriods").asInt() != 1) {
			throw new IllegalArgumentException("one period is evaluated here");
		}
		Map<String, @Nullable Double> points = new HashMap<>();
		String expression = "";
		for (JsonNode metric : alarm.at("Metrics")) {
			if (metric.has("Expression")) {
				expression = metric.path("Expression").asString("");
			}
			else {
				points.put(metric.path("Id").asString(""), point(metric.path("MetricStat"), now));
			}
		}
		Double value = MetricMath.evaluate(expression, points);
		return (value != null) ? value > alarm.at("Threshold").asDouble()
				: alarm.text("TreatMissingData").equals("breaching");
	}

	private @Nullable Double point(JsonNode stat, int now) {
		boolean delivery = stat.toString().contains("\"delivery\"");
		boolean broken = stat.toString().contains("punctual.promises.broken.count");
		Double sum = null;
		for (int minute = Math.max(0, now - stat.path("Period").asInt() / 60); minute < now; minute++) {
			double[] judged = this.minutes.get(minute);
			if (judged != null) {
				// All of one objective; the others' counters say zero.
				sum = ((sum != null) ? sum : 0) + (delivery ? judged[broken ? 1 : 0] : 0);
			}
		}
		return sum;
	}

}
