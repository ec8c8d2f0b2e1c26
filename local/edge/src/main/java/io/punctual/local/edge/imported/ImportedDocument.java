package io.punctual.local.edge.imported;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.punctual.local.edge.document.Part;
import io.punctual.local.edge.document.Preflight;
import io.punctual.local.edge.document.Source;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The document as API Gateway imports it: what only people and contract tests read is
 * left out, references to anything but schemas are resolved.
 */
public final class ImportedDocument {

	/**
	 * Left out wherever they stand: documentation, or not known to the importer.
	 */
	private static final Set<String> EVERYWHERE = Set.of("example", "examples", "externalDocs", "deprecated");

	private static final Set<String> OF_SCHEMAS = Set.of("default", "discriminator", "readOnly", "writeOnly", "xml",
			"exclusiveMinimum", "exclusiveMaximum", "nullable", "x-extensible");

	/**
	 * Their members are names, not keywords.
	 */
	private static final Set<String> MAPS = Set.of("properties", "paths", "schemas", "responses", "parameters",
			"headers", "securitySchemes", "content", "patternProperties");

	private ImportedDocument() {
	}

	/**
	 * The document as JSON's maps and lists.
	 */
	public static Map<String, Object> of(Source authored) {
		Map<String, Object> document = new LinkedHashMap<>();
		authored.root().entries().forEach((name, value) -> {
			if (!Set.of("servers", "tags", Preflight.EXTENSION).contains(name)) {
				document.put(name, value(value, name, false));
			}
		});
		document.put("paths", paths(authored.root()));
		if (document.get("components") instanceof Map<?, ?> components) {
			// All references to these were resolved where they stood.
			components.keySet().removeIf((name) -> !Set.of("schemas", "securitySchemes").contains(name));
		}
		return document;
	}

	private static Map<String, Object> paths(Part root) {
		Map<String, Object> paths = new LinkedHashMap<>();
		root.need("paths").entries().forEach((path, item) -> {
			Map<String, Object> operations = new LinkedHashMap<>();
			item.entries().forEach((name, value) -> operations.put(name, value(value, name, false)));
			Map<String, Object> preflight = Preflight.operation(root, path, item.entries().keySet());
			if (preflight != null) {
				operations.put("options", preflight);
			}
			paths.put(path, operations);
		});
		return paths;
	}

	public static void write(Source authored, Path to) throws IOException {
		JsonMapper json = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
		Path folder = to.toAbsolutePath().getParent();
		if (folder != null) {
			Files.createDirectories(folder);
		}
		Files.writeString(to, json.writeValueAsString(of(authored)) + "\n");
	}

	private static Object value(Part part, String name, boolean schema) {
		String reference = part.reference();
		if (reference != null && !reference.startsWith("#/components/schemas/")) {
			return value(part.resolved(), name, schema);
		}
		if (part.isList()) {
			List<Object> items = new ArrayList<>();
			part.rawItems().forEach((item) -> items.add(value(item, "", schema)));
			return items;
		}
		if (!part.isMap()) {
			return plain(part);
		}
		boolean names = MAPS.contains(name);
		Map<String, Object> map = new LinkedHashMap<>();
		boolean nullable = schema && !names && part.flag("nullable", false);
		part.entries().forEach((key, item) -> {
			if (names || isKept(key, item, schema, nullable)) {
				boolean inSchema = schema || name.equals("schemas") || key.equals("schema");
				map.put(key, value(item, names ? "" : key, inSchema && !key.startsWith("x-amazon")));
			}
		});
		return map;
	}

	private static boolean isKept(String key, Part item, boolean schema, boolean nullable) {
		if (EVERYWHERE.contains(key)) {
			return false;
		}
		if (!schema) {
			return true;
		}
		// Draft 4 has no nullable; a model that allows any type is the weaker one, and
		// the service checks.
		return !OF_SCHEMAS.contains(key) && !(nullable && (key.equals("type") || key.equals("enum")))
				&& !(key.equals("format") && Set.of("int32", "int64").contains(item.text()));
	}

	private static Object plain(Part part) {
		@Nullable Object value = part.plain();
		return (value != null) ? value : "";
	}

}
