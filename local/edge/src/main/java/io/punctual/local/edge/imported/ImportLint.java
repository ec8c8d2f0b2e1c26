package io.punctual.local.edge.imported;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Finds in a document what API Gateway's importer rejects, or takes and ignores.
 *
 * @see <a href=
 * "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html">Known
 * issues</a>
 */
public final class ImportLint {

	private static final int LARGEST = 6 * 1024 * 1024;

	private static final int MOST_RESOURCES = 300;

	private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "options", "head", "patch",
			"x-amazon-apigateway-any-method");

	private static final Set<String> IGNORED = Set.of("x-amazon-apigateway-cors", "x-amazon-apigateway-integrations",
			"x-amazon-apigateway-importexport-version", "x-amazon-apigateway-tag-value");

	private static final Set<String> NOT_IN_MODELS = Set.of("discriminator", "readOnly", "default", "example",
			"exclusiveMinimum", "nullable", "x-extensible");

	private static final Pattern PARAMETER = Pattern.compile("\\{[A-Za-z0-9._-]+\\+?}");

	private final List<String> found = new ArrayList<>();

	private final Set<String> resources = new HashSet<>();

	private final Map<String, String> parameterAt = new HashMap<>();

	private ImportLint() {
	}

	/**
	 * What is wrong, in the words of whoever has to put it right; empty when nothing is.
	 */
	public static List<String> check(Map<String, Object> document) {
		ImportLint lint = new ImportLint();
		JsonMapper json = new JsonMapper();
		String text = json.writeValueAsString(document);
		if (text.getBytes(StandardCharsets.UTF_8).length > LARGEST) {
			lint.found.add("the document is larger than 6 MB");
		}
		JsonNode root = json.readTree(text);
		lint.extensions(root);
		lint.components(root.path("components"));
		root.path("paths").properties().forEach((path) -> lint.path(path.getKey(), path.getValue()));
		if (lint.resources.size() > MOST_RESOURCES) {
			lint.found.add("there are " + lint.resources.size() + " resources, more than " + MOST_RESOURCES);
		}
		return lint.found;
	}

	private void extensions(JsonNode node) {
		node.properties().forEach((entry) -> {
			if (IGNORED.contains(entry.getKey())) {
				this.found.add(entry.getKey() + " is ignored by REST APIs");
			}
			extensions(entry.getValue());
		});
	}

	private void components(JsonNode components) {
		components.path("securitySchemes").properties().forEach((scheme) -> {
			if (!scheme.getValue().path("type").asString("").equals("apiKey")) {
				this.found.add("securityScheme " + scheme.getKey() + " is not of type apiKey");
			}
		});
		components.path("schemas").properties().forEach((schema) -> {
			if (!schema.getKey().matches("[A-Za-z0-9]+")) {
				this.found.add("the model's name " + schema.getKey() + " is not alphanumeric");
			}
			model(schema.getKey(), schema.getValue());
		});
	}

	private void model(String where, JsonNode schema) {
		schema.properties().forEach((entry) -> {
			if (entry.getKey().equals("properties")) {
				entry.getValue()
					.properties()
					.forEach((property) -> model(where + "." + property.getKey(), property.getValue()));
				return;
			}
			boolean format = entry.getKey().equals("format") && entry.getValue().asString("").matches("int32|int64");
			if (NOT_IN_MODELS.contains(entry.getKey()) || format) {
				this.found.add(where + " has " + entry.getKey() + ", which a model may not have");
			}
			if (entry.getValue().isArray()) {
				entry.getValue().forEach((item) -> model(where, item));
			}
			else {
				model(where, entry.getValue());
			}
		});
	}

	private void path(String path, JsonNode item) {
		StringBuilder before = new StringBuilder();
		for (String segment : path.substring(1).split("/")) {
			if (segment.contains("{") && !PARAMETER.matcher(segment).matches()) {
				this.found.add(path + ": a path parameter is a whole segment");
			}
			if (segment.contains("|")) {
				this.found.add(path + ": | must be encoded");
			}
			if (segment.startsWith("{")) {
				String other = this.parameterAt.putIfAbsent(before.toString(), segment);
				if (other != null && !other.equals(segment)) {
					this.found.add(path + ": " + other + " and " + segment + " stand at the same position");
				}
			}
			this.resources.add(before.append('/').append(segment).toString());
		}
		item.properties().forEach((entry) -> {
			if (METHODS.contains(entry.getKey())) {
				operation(entry.getKey() + " " + path, path, entry.getValue());
			}
		});
	}

	private void operation(String where, String path, JsonNode operation) {
		if (operation.path("security").isMissingNode()) {
			this.found.add(where + " does not say its security");
		}
		JsonNode integration = operation.path("x-amazon-apigateway-integration");
		String type = integration.path("type").asString("");
		if (type.isEmpty()) {
			this.found.add(where + " has no integration");
			return;
		}
		if (integration.path("connectionType").asString("").equals("VPC_LINK")) {
			for (String needed : List.of("connectionId", "integrationTarget")) {
				if (integration.path(needed).isMissingNode()) {
					this.found.add(where + " has no " + needed);
				}
			}
		}
		Set<String> declared = new HashSet<>();
		operation.path("parameters")
			.forEach((parameter) -> declared
				.add(parameter.path("in").asString("") + " " + parameter.path("name").asString("")));
		PARAMETER.matcher(path).results().forEach((match) -> {
			String name = match.group().replaceAll("[{}+]", "");
			if (!declared.contains("path " + name)) {
				this.found.add(where + " does not declare " + name);
			}
			if (type.startsWith("HTTP")
					&& integration.path("requestParameters").path("integration.request.path." + name).isMissingNode()) {
				this.found.add(where + " does not map " + name);
			}
		});
		integration.path("cacheKeyParameters").forEach((key) -> {
			String source = key.asString("")
				.replace("method.request.", "")
				.replaceFirst("^querystring\\.", "query ")
				.replaceFirst("^(header|path)\\.", "$1 ");
			if (!declared.contains(source)) {
				this.found.add(where + ": the cache key " + key.asString("") + " is no parameter");
			}
		});
	}

}
