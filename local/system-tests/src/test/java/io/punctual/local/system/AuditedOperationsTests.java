package io.punctual.local.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Whatever the API can change, a test of its service has changed and found in the audit:
 * who did it, and what. Says nothing where the services' tests have not run as a whole
 * since the document was changed.
 */
class AuditedOperationsTests {

	private static final List<String> SERVICES = List.of("clients", "notices", "delivery", "sla");

	private static final Path DOCUMENT = Path.of("../../gateway-config/openapi.yaml");

	private static final Set<String> CHANGING = Set.of("POST", "PUT", "PATCH", "DELETE");

	@Test
	void everyChangingOperationOfTheDocumentWasDoneAndAudited() throws IOException {
		Set<String> audited = new TreeSet<>();
		for (String service : SERVICES) {
			Path noted = Path.of("../../services", service, "target/audited-operations.txt");
			assumeThat(noted).as("written by ./mvnw verify").exists();
			assumeThat(Files.getLastModifiedTime(noted)).isGreaterThanOrEqualTo(Files.getLastModifiedTime(DOCUMENT));
			audited.addAll(Files.readAllLines(noted));
		}
		assertThat(changing()).hasSizeGreaterThan(30).isSubsetOf(audited);
	}

	private static Set<String> changing() throws IOException {
		Map<String, Map<String, Map<String, Object>>> document = new Yaml().load(Files.readString(DOCUMENT));
		Set<String> changing = new TreeSet<>();
		document.getOrDefault("paths", Map.of())
			.forEach((path, item) -> item.keySet()
				.stream()
				.map((method) -> method.toUpperCase(Locale.ROOT))
				.filter(CHANGING::contains)
				.forEach((method) -> changing.add(method + " " + path)));
		return changing;
	}

}
