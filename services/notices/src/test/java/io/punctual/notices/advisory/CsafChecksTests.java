package io.punctual.notices.advisory;

import java.util.Set;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whether the checks find what the standard's own test files are made to fail.
 */
class CsafChecksTests {

	private static final Set<String> CHECKED = Set.of("6.1.1", "6.1.2", "6.1.6", "6.1.7", "6.1.9", "6.1.10", "6.1.14",
			"6.1.16", "6.1.18", "6.1.20", "6.1.21", "6.1.22", "6.1.27.4");

	@Test
	void findWhatTheStandardsFilesAreMadeToFail() {
		int files = 0;
		for (JsonNode file : CsafFiles.expected()) {
			String test = file.path("tcTest").asString("");
			if (CHECKED.contains(test)) {
				Set<String> failed = CsafChecks.failed(CsafFiles.read(file.path("file").asString()));
				assertThat(failed.contains(test)).as(file.path("file").asString() + " " + failed)
					.isEqualTo(!file.path("tcTestValid").asBoolean());
				files++;
			}
		}
		assertThat(files).isGreaterThanOrEqualTo(13);
	}

	@Test
	void findNothingInPublishedAdvisories() {
		for (JsonNode file : CsafFiles.expected()) {
			String name = file.path("file").asString();
			if (name.startsWith("valid/rhsa")) {
				JsonNode document = CsafFiles.read(name);
				assertThat(CsafChecks.failed(document)).as(name).isEmpty();
				assertThat(CsafFiles.schemaErrors(document)).as(name).isEmpty();
			}
		}
	}

}
