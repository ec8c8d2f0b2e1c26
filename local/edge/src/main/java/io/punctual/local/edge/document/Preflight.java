package io.punctual.local.edge.document;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The answer to a browser's CORS preflight, which a REST API has as an OPTIONS mock at
 * every path: made for each path of a document that has {@code x-cors} at its top, so
 * that nobody writes it sixty times.
 */
public final class Preflight {

	/**
	 * {@code allowOrigin} (a mapping expression), {@code allowHeaders} and {@code maxAge}
	 * (texts).
	 */
	public static final String EXTENSION = "x-cors";

	private static final Pattern PARAMETER = Pattern.compile("\\{([^}+]+)\\+?}");

	private Preflight() {
	}

	/**
	 * The OPTIONS operation of a path, null where the document wants none or the path has
	 * its own.
	 * @param keys the path item's keys, methods among them
	 */
	public static @Nullable Map<String, Object> operation(Part root, String path, Collection<String> keys) {
		Part cors = root.get(EXTENSION);
		if (cors == null || keys.contains("options")) {
			return null;
		}
		TreeSet<String> methods = new TreeSet<>(List.of("OPTIONS"));
		keys.stream()
			.filter((key) -> List.of("get", "put", "post", "delete", "patch", "head").contains(key))
			.forEach((key) -> methods.add(key.toUpperCase(Locale.ROOT)));
		Map<String, Object> headers = new LinkedHashMap<>();
		headers.put("Access-Control-Allow-Origin", cors.need("allowOrigin").text());
		headers.put("Access-Control-Allow-Methods", "'" + String.join(",", methods) + "'");
		headers.put("Access-Control-Allow-Headers", "'" + cors.need("allowHeaders").text() + "'");
		headers.put("Access-Control-Max-Age", "'" + cors.need("maxAge").text() + "'");
		Map<String, Object> declared = new LinkedHashMap<>();
		Map<String, Object> mapped = new LinkedHashMap<>();
		headers.forEach((name, expression) -> {
			declared.put(name, Map.of("schema", Map.of("type", "string")));
			mapped.put("method.response.header." + name, expression);
		});
		Map<String, Object> operation = new LinkedHashMap<>();
		operation.put("security", List.of());
		operation.put("parameters",
				PARAMETER.matcher(path)
					.results()
					.map((match) -> Map.of("name", match.group(1), "in", "path", "required", true, "schema",
							Map.of("type", "string")))
					.toList());
		operation.put("responses",
				Map.of("204", Map.of("description", "What a browser may send", "headers", declared)));
		// AWS answers 500 to a body that is let through without the template's status
		// (issue 18297 of aws-cdk), and 415 to one that is not. A browser sends none.
		operation.put("x-amazon-apigateway-integration",
				Map.of("type", "MOCK", "passthroughBehavior", "NEVER", "requestTemplates",
						Map.of("application/json", "{\"statusCode\": 204}"), "responses",
						Map.of("default", Map.of("statusCode", "204", "responseParameters", mapped))));
		return operation;
	}

	/**
	 * The same as a part that the reader takes.
	 */
	static @Nullable Part part(Part root, String path, Collection<String> keys) {
		Map<String, Object> operation = operation(root, path, keys);
		return (operation != null)
				? Source.of("the preflight made of " + EXTENSION, new JsonMapper().writeValueAsString(operation)).root()
				: null;
	}

}
