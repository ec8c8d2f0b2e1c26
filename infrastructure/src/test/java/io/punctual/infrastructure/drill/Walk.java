package io.punctual.infrastructure.drill;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Walks through a state machine as Step Functions does, as far as the drill's goes: a
 * path that leads nowhere ends it, and nothing catches that.
 */
final class Walk {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final BiFunction<String, JsonNode, JsonNode> calls;

	private final List<String> visited = new ArrayList<>();

	/**
	 * @param calls answers each call, by its resource and parameters, or throws
	 * {@link Refused}
	 */
	Walk(BiFunction<String, JsonNode, JsonNode> calls) {
		this.calls = calls;
	}

	List<String> visited() {
		return this.visited;
	}

	/**
	 * @return what the last state knew
	 */
	JsonNode through(JsonNode machine, JsonNode input) {
		ObjectNode known = input.deepCopy().asObject();
		String at = machine.get("StartAt").asString();
		while (this.visited.size() < 2000) {
			this.visited.add(at);
			JsonNode state = machine.get("States").get(at);
			switch (state.get("Type").asString()) {
				case "Succeed" -> {
					return known;
				}
				case "Fail" -> throw new Refused(state.get("Error").asString());
				case "Choice" -> at = chosen(state, known);
				default -> at = done(state, known);
			}
		}
		throw new IllegalStateException("it does not end: " + this.visited);
	}

	private String done(JsonNode state, ObjectNode known) {
		try {
			JsonNode result = switch (state.get("Type").asString()) {
				case "Task" ->
					this.calls.apply(state.get("Resource").asString(), filled(state.get("Parameters"), known));
				case "Parallel" -> {
					List<JsonNode> ends = new ArrayList<>();
					state.get("Branches").forEach((branch) -> ends.add(through(branch, known)));
					yield JSON.valueToTree(ends);
				}
				case "Pass" -> state.has("Parameters") ? filled(state.get("Parameters"), known) : state.path("Result");
				default -> known;
			};
			if (state.has("ResultSelector")) {
				result = filled(state.get("ResultSelector"), result);
			}
			put(known, state.path("ResultPath").asString("$"), result);
			return state.get("Next").asString();
		}
		catch (Refused ex) {
			for (JsonNode catcher : state.path("Catch")) {
				String error = catcher.at("/ErrorEquals/0").asString();
				if (error.equals("States.ALL") || error.equals(ex.getMessage())) {
					put(known, catcher.get("ResultPath").asString(),
							JSON.createObjectNode().put("Error", ex.getMessage()));
					return catcher.get("Next").asString();
				}
			}
			throw ex;
		}
	}

	private static String chosen(JsonNode state, JsonNode known) {
		for (JsonNode choice : state.get("Choices")) {
			if (holds(choice, known)) {
				return choice.get("Next").asString();
			}
		}
		return state.get("Default").asString();
	}

	private static boolean holds(JsonNode rule, JsonNode known) {
		if (rule.has("And")) {
			return rule.get("And").valueStream().allMatch((each) -> holds(each, known));
		}
		String path = rule.get("Variable").asString();
		if (rule.has("IsPresent")) {
			return !at(known, path).isMissingNode() == rule.get("IsPresent").asBoolean();
		}
		JsonNode value = found(known, path);
		if (rule.has("StringEquals")) {
			return value.asString().equals(rule.get("StringEquals").asString());
		}
		if (rule.has("StringMatches")) {
			return value.asString().matches(rule.get("StringMatches").asString().replace("*", ".*"));
		}
		return rule.has("NumericEquals") ? value.asInt() == rule.get("NumericEquals").asInt()
				: value.asInt() >= rule.get("NumericGreaterThanEquals").asInt();
	}

	private static JsonNode filled(JsonNode template, JsonNode known) {
		if (!template.isObject()) {
			return template;
		}
		ObjectNode filled = JSON.createObjectNode();
		template.properties().forEach((field) -> {
			String name = field.getKey();
			if (name.endsWith(".$")) {
				filled.set(name.substring(0, name.length() - 2), evaluated(field.getValue().asString(), known));
			}
			else if (field.getValue().isArray()) {
				filled.set(name,
						JSON.valueToTree(field.getValue().valueStream().map((item) -> filled(item, known)).toList()));
			}
			else {
				filled.set(name, filled(field.getValue(), known));
			}
		});
		return filled;
	}

	private static JsonNode evaluated(String expression, JsonNode known) {
		if (expression.startsWith("$$.")) {
			return JSON.valueToTree("2026-01-02T04:00:00Z");
		}
		if (expression.startsWith("States.Format(") || expression.startsWith("States.JsonToString(")) {
			String path = expression.substring(expression.lastIndexOf('$'), expression.lastIndexOf(')'));
			return JSON.valueToTree(expression + " of " + found(known, path));
		}
		if (expression.startsWith("States.ArrayLength(")) {
			String path = expression.substring(expression.indexOf('$'), expression.indexOf(')'));
			return JSON.valueToTree(found(known, path).size());
		}
		if (expression.startsWith("States.MathAdd(")) {
			return JSON.valueToTree(
					found(known, expression.substring(expression.indexOf('$'), expression.indexOf(','))).asInt() + 1);
		}
		return found(known, expression);
	}

	private static JsonNode found(JsonNode known, String path) {
		JsonNode value = at(known, path);
		if (value.isMissingNode()) {
			throw new IllegalStateException("States.Runtime: nothing is at %s of %s".formatted(path, known));
		}
		return value;
	}

	private static JsonNode at(JsonNode known, String path) {
		return known.at(path.substring(1).replace("[", ".").replace("]", "").replace('.', '/'));
	}

	private static void put(ObjectNode known, String path, JsonNode result) {
		if (path.equals("$")) {
			ObjectNode all = result.deepCopy().asObject();
			known.removeAll();
			known.setAll(all);
		}
		else {
			known.set(path.substring(2), result.deepCopy());
		}
	}

	/**
	 * An error that a state can catch.
	 */
	static final class Refused extends RuntimeException {

		private static final long serialVersionUID = 1L;

		Refused(String error) {
			super(error);
		}

		@Override
		public String getMessage() {
			return String.valueOf(super.getMessage());
		}

	}

}
