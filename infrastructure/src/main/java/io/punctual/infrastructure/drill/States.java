package io.punctual.infrastructure.drill;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.punctual.infrastructure.common.Ordered;

/**
 * States of Amazon's states language, as the drill is made of them.
 */
final class States {

	private States() {
	}

	/**
	 * A call of the SDK, or to publish to a topic. What it answers goes beside what is
	 * known, under the call's name: null, which would drop it, is lost on its way to the
	 * template, and an answer without a path takes the place of everything.
	 * @param call such as {@code rds:describeDBInstances}
	 */
	static Map<String, Object> task(String call, Map<String, Object> parameters, String next) {
		Map<String, Object> task = new LinkedHashMap<>();
		task.put("Type", "Task");
		task.put("Resource",
				call.equals("sns:publish") ? "arn:aws:states:::sns:publish" : "arn:aws:states:::aws-sdk:" + call);
		task.put("Parameters", parameters);
		task.put("ResultPath", "$." + call.substring(call.indexOf(':') + 1));
		task.put("Next", next);
		return task;
	}

	/**
	 * Once a minute, for as many minutes.
	 */
	static Map<String, Object> retry(String error, int most) {
		return Ordered.map("ErrorEquals", List.of(error), "IntervalSeconds", 60, "MaxAttempts", most, "BackoffRate", 1);
	}

	/**
	 * A state after which another follows, whatever goes wrong in it.
	 */
	static Map<String, Object> caught(Map<String, Object> state, String next) {
		state.put("Catch",
				List.of(Ordered.map("ErrorEquals", List.of("States.ALL"), "ResultPath", "$.error", "Next", next)));
		return state;
	}

	/**
	 * What the report says of the drill.
	 */
	static Map<String, Object> outcome(String message, String result, String next) {
		return Ordered.map(
				"Type", "Pass", "Parameters", Ordered.map("result", result, "message", message, "startedAt.$",
						"$$.Execution.StartTime", "checkedAt.$", "$$.State.EnteredTime"),
				"ResultPath", "$.outcome", "Next", next);
	}

	/**
	 * Where a value decides.
	 */
	static Map<String, Object> choice(String otherwise, Map<?, ?>... choices) {
		return Ordered.map("Type", "Choice", "Choices", List.of(choices), "Default", otherwise);
	}

	/**
	 * One of the values and what follows on it.
	 * @param comparison such as {@code StringEquals}
	 */
	static Map<String, Object> when(String variable, String comparison, Object value, String next) {
		return Ordered.map("Variable", variable, comparison, value, "Next", next);
	}

}
