package io.punctual.notices.advisory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * The standard's schema and test files. They are not part of the repository: what needs
 * them is skipped where {@code ../shared/data} is missing.
 */
public final class CsafFiles {

	private static final Path FOLDER = Path.of("../../../shared/data/advisories/csaf");

	private static final JsonMapper JSON = JsonMapper.shared();

	private CsafFiles() {
	}

	/**
	 * Whether they are there.
	 */
	public static boolean present() {
		return Files.exists(FOLDER);
	}

	/**
	 * What somebody else found in each file.
	 */
	static JsonNode expected() {
		return read("expected.json");
	}

	static JsonNode read(String file) {
		return JSON.readTree(text(file));
	}

	/**
	 * What the schema has against a document; nothing if it is valid.
	 */
	public static List<String> schemaErrors(JsonNode document) {
		String at = "https://docs.oasis-open.org/csaf/csaf/v2.0/csaf_json_schema.json";
		SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12,
				(builder) -> builder.schemas(Map.of(at, text("schema/csaf_json_schema.json"),
						"https://www.first.org/cvss/cvss-v2.0.json", text("schema/cvss-v2.0.json"),
						"https://www.first.org/cvss/cvss-v3.0.json", text("schema/cvss-v3.0.json"),
						"https://www.first.org/cvss/cvss-v3.1.json", text("schema/cvss-v3.1.json"))));
		Schema schema = registry.getSchema(SchemaLocation.of(at));
		return schema.validate(document).stream().map(Object::toString).toList();
	}

	private static String text(String file) {
		Path path = FOLDER.resolve(file);
		assumeTrue(Files.exists(path), () -> "skipped: there is no " + path);
		try {
			return Files.readString(path);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
