package io.punctual.local.edge.document;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes the schemas that bodies are validated by: draft 4, and of it what API Gateway
 * checks.
 */
final class Models {

	/**
	 * Only documentation to API Gateway, or known not to be checked (minItems, maxItems).
	 */
	private static final Set<String> DROPPED = Set.of("discriminator", "readOnly", "writeOnly", "default", "example",
			"deprecated", "xml", "externalDocs", "exclusiveMinimum", "exclusiveMaximum", "minItems", "maxItems",
			"format", "title", "description");

	private static final Pattern COMPONENT = Pattern.compile("#/components/schemas/");

	private final JsonMapper json = new JsonMapper();

	private final Part root;

	Models(Part root) {
		this.root = root;
	}

	Map<String, Schema> of(Part operation) {
		Map<String, Schema> models = new LinkedHashMap<>();
		Part body = operation.get("requestBody");
		Part content = (body != null) ? body.get("content") : null;
		if (content != null) {
			content.entries().forEach((type, media) -> {
				Part schema = media.entries().get("schema");
				if (schema != null) {
					models.put(type, compile(schema));
				}
			});
		}
		return models;
	}

	private Schema compile(Part schema) {
		Map<String, @Nullable Object> definitions = new LinkedHashMap<>();
		Map<String, @Nullable Object> whole = new LinkedHashMap<>();
		collect(schema.plain(), definitions);
		whole.put("allOf", List.of(java.util.Objects.requireNonNull(cleaned(schema.plain()))));
		whole.put("definitions", definitions);
		JsonNode node = this.json.valueToTree(whole);
		return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_4).getSchema(node);
	}

	private void collect(@Nullable Object value, Map<String, @Nullable Object> definitions) {
		if (value instanceof Map<?, ?> map) {
			if (map.get("$ref") instanceof String reference) {
				String name = COMPONENT.matcher(reference).replaceFirst("");
				if (!definitions.containsKey(name)) {
					Object target = this.root.need("components").need("schemas").need(name).plain();
					definitions.put(name, cleaned(target));
					collect(target, definitions);
				}
			}
			map.values().forEach((item) -> collect(item, definitions));
		}
		else if (value instanceof List<?> list) {
			list.forEach((item) -> collect(item, definitions));
		}
	}

	private @Nullable Object cleaned(@Nullable Object value) {
		if (value instanceof List<?> list) {
			return list.stream().map(this::cleaned).toList();
		}
		if (!(value instanceof Map<?, ?> map)) {
			return value;
		}
		Map<String, @Nullable Object> clean = new LinkedHashMap<>();
		map.forEach((key, item) -> {
			String name = String.valueOf(key);
			if ("$ref".equals(name) && item instanceof String reference) {
				clean.put(name, COMPONENT.matcher(reference).replaceFirst("#/definitions/"));
			}
			else if ("properties".equals(name) && item instanceof Map<?, ?> properties) {
				Map<String, @Nullable Object> kept = new LinkedHashMap<>();
				properties.forEach((property, schema) -> kept.put(String.valueOf(property), cleaned(schema)));
				clean.put(name, kept);
			}
			else if (!DROPPED.contains(name) && !"nullable".equals(name)) {
				clean.put(name, cleaned(item));
			}
		});
		if (Boolean.TRUE.equals(map.get("nullable")) && clean.get("type") instanceof String type) {
			clean.put("type", List.of(type, "null"));
		}
		return clean;
	}

}
