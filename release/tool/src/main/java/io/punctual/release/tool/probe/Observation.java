package io.punctual.release.tool.probe;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

import io.punctual.release.tool.Documents;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What was answered, and what the echo says had arrived.
 *
 * @param status the status; 0 if there was no answer
 * @param headers the answer's headers
 * @param body the answer's body
 * @param arrived what the echo got; missing if it got nothing
 */
record Observation(int status, Map<String, String> headers, String body, JsonNode arrived) {

	static Observation of(HttpResponse<String> response) {
		Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		response.headers().map().forEach((name, values) -> headers.put(name, values.getLast()));
		return new Observation(response.statusCode(), headers, response.body(), arrived(response.body()));
	}

	static Observation none(String why) {
		return new Observation(0, Map.of(), why, JsonNodeFactory.instance.missingNode());
	}

	private static JsonNode arrived(String body) {
		try {
			JsonNode json = Documents.JSON.readTree(body);
			return json.has("target") ? json : JsonNodeFactory.instance.missingNode();
		}
		catch (JacksonException ex) {
			return JsonNodeFactory.instance.missingNode();
		}
	}

	/**
	 * Compares it with what is assumed.
	 * @param expect status, and where given body, headers, target, number, sent headers
	 * @param filled fills in the words of a text
	 * @return the differences, in words; empty if there are none
	 */
	List<String> differences(JsonNode expect, UnaryOperator<String> filled) {
		List<String> differences = new ArrayList<>();
		differ(differences, "status", expect.path("status").asString(), String.valueOf(this.status));
		if (expect.has("body")) {
			differ(differences, "body", expect.path("body").asString().replace(" ", ""), this.body.replace(" ", ""));
		}
		if (expect.has("target")) {
			differ(differences, "target", filled.apply(expect.path("target").asString()),
					this.arrived.path("target").asString(null));
		}
		if (expect.has("number")) {
			differ(differences, "number", "another than before", isNew(expect.path("number").asInt()));
		}
		expect.path("headers")
			.forEachEntry((name, value) -> differ(differences, name, value.asString(null), this.headers.get(name)));
		expect.path("sent")
			.forEachEntry((name, value) -> differ(differences, "sent " + name,
					value.isNull() ? null : filled.apply(value.asString()), sent(name)));
		return differences;
	}

	/**
	 * The echo counts what arrives in this run; only that it went on matters.
	 */
	private String isNew(int atLeast) {
		return (this.arrived.path("number").asInt(0) >= atLeast) ? "another than before" : "the same as before";
	}

	private @Nullable String sent(String name) {
		for (Map.Entry<String, JsonNode> header : this.arrived.path("headers").properties()) {
			if (header.getKey().equalsIgnoreCase(name)) {
				return header.getValue().asString();
			}
		}
		return null;
	}

	private static void differ(List<String> differences, String what, @Nullable String expected,
			@Nullable String actual) {
		if (!java.util.Objects.equals(expected, actual)) {
			differences.add(what + " is " + actual + ", not " + expected);
		}
	}

}
