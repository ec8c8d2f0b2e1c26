package io.punctual.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;

/**
 * The API document, as far as answers are checked against it.
 */
final class ApiDocument {

	private static final String LOCATION = "punctual:openapi";

	private static final List<String> METHODS = List.of("get", "put", "post", "delete", "patch");

	private final JsonNode root;

	private final SchemaRegistry schemas;

	private final List<Operation> operations = new ArrayList<>();

	private ApiDocument(JsonNode root) {
		this.root = root;
		String text = root.toString();
		this.schemas = SchemaRegistry.withDialect(Dialects.getOpenApi30(),
				(builder) -> builder.schemas(Map.of(LOCATION, text)));
		root.path("paths")
			.forEachEntry((path, item) -> METHODS.stream()
				.filter(item::has)
				.forEach((method) -> this.operations.add(new Operation(this, method.toUpperCase(Locale.ROOT), path,
						item, item.get(method), "/paths/" + escape(path) + "/" + method))));
	}

	/**
	 * Reads {@code gateway-config/openapi.yaml} of this checkout.
	 */
	static ApiDocument load() {
		for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
			Path file = folder.resolve("gateway-config/openapi.yaml");
			if (Files.isRegularFile(file)) {
				return of(new FileSystemResource(file));
			}
		}
		throw new IllegalStateException(
				"There is no gateway-config/openapi.yaml above " + Path.of("").toAbsolutePath());
	}

	static ApiDocument of(Resource yaml) {
		try {
			return of(yaml.getContentAsString(StandardCharsets.UTF_8));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static ApiDocument of(String yaml) {
		return new ApiDocument(JsonMapper.shared().valueToTree(new Yaml().<Object>load(yaml)));
	}

	List<Operation> operations() {
		return this.operations;
	}

	/**
	 * The operation that a request means; a path without parameters wins.
	 */
	Optional<Operation> find(String method, String path) {
		return this.operations.stream()
			.filter((operation) -> operation.method().equals(method) && operation.matches(path))
			.min((a, b) -> Integer.compare(a.parameterCount(), b.parameterCount()));
	}

	/** The node, or the one that it refers to. */
	Resolved resolve(JsonNode node, String pointer) {
		JsonNode reference = node.get("$ref");
		if (reference == null) {
			return new Resolved(node, pointer);
		}
		String target = reference.asString().substring(1);
		return resolve(this.root.at(JsonPointer.compile(target)), target);
	}

	/** The schema at a place of the document. */
	Schema schema(String pointer) {
		return this.schemas.getSchema(SchemaLocation.of(LOCATION + "#" + pointer));
	}

	static String escape(String token) {
		return token.replace("~", "~0").replace("/", "~1");
	}

	/**
	 * A node and the place where it really is.
	 */
	record Resolved(JsonNode node, String pointer) {
	}

}
