package io.punctual.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

import io.punctual.testing.ApiDocument.Resolved;
import tools.jackson.databind.JsonNode;

/**
 * One operation of the API document.
 *
 * @param document where it stands
 * @param method in capitals
 * @param path the template
 * @param item the path's node
 * @param node the operation's own node
 * @param pointer its place in the document
 */
record Operation(ApiDocument document, String method, String path, JsonNode item, JsonNode node, String pointer) {

	private static final Pattern PARAMETER = Pattern.compile("\\{[^}]+}");

	boolean matches(String requested) {
		String[] literals = PARAMETER.split(this.path, -1);
		StringBuilder regex = new StringBuilder(Pattern.quote(literals[0]));
		for (int i = 1; i < literals.length; i++) {
			regex.append("[^/]+").append(Pattern.quote(literals[i]));
		}
		return requested.matches(regex.toString());
	}

	int parameterCount() {
		return PARAMETER.split(this.path, -1).length - 1;
	}

	/** The method and the template without its parameters' names. */
	String signature() {
		return signature(this.method, this.path);
	}

	static String signature(String method, String path) {
		return method + " " + PARAMETER.matcher(path).replaceAll("{}");
	}

	boolean hasTag(String tag) {
		return this.node.path("tags").valueStream().anyMatch((value) -> value.asString().equals(tag));
	}

	/** All scopes of which one is enough. */
	Set<String> scopes() {
		Set<String> scopes = new TreeSet<>();
		this.node.path("security")
			.forEach((requirement) -> requirement
				.forEach((list) -> list.forEach((scope) -> scopes.add(scope.asString()))));
		return scopes;
	}

	Optional<Resolved> response(int status) {
		JsonNode responses = this.node.path("responses");
		String key = (responses.has(String.valueOf(status))) ? String.valueOf(status) : "default";
		return (responses.has(key))
				? Optional.of(this.document.resolve(responses.get(key), this.pointer + "/responses/" + key))
				: Optional.empty();
	}

	Optional<Resolved> requestBody() {
		JsonNode body = this.node.get("requestBody");
		return (body != null) ? Optional.of(this.document.resolve(body, this.pointer + "/requestBody"))
				: Optional.empty();
	}

	/** The names of the parameters in the query or in the headers. */
	List<String> parameters(String in) {
		List<String> names = new ArrayList<>();
		for (JsonNode owner : List.of(this.item, this.node)) {
			owner.path("parameters").forEach((parameter) -> {
				JsonNode resolved = this.document.resolve(parameter, "").node();
				if (resolved.path("in").asString("").equals(in)) {
					names.add(resolved.path("name").asString());
				}
			});
		}
		return names;
	}

	@Override
	public String toString() {
		return this.method + " " + this.path;
	}

}
