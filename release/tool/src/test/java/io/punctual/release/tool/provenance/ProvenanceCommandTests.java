package io.punctual.release.tool.provenance;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.punctual.release.tool.Documents;
import io.punctual.release.tool.Options;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the provenance says.
 */
class ProvenanceCommandTests {

	@Test
	void namesCommitProjectAndBuild(@TempDir Path folder) {
		Path file = folder.resolve("provenance.json");
		Path sbom = folder.resolve("sbom.json");
		Documents.write(sbom, "{}");
		new ProvenanceCommand(Map.of("CODEBUILD_BUILD_ARN",
				"arn:aws:codebuild:eu-west-1:000000000000:build/punctual:5a5f", "CODEBUILD_SOURCE_REPO_URL",
				"https://github.com/punctual/punctual", "CODEBUILD_START_TIME", "1767225600000"))
			.run(Options.parse(List.of("--commit", "abc", "--image", "any", "--sbom", sbom.toString(), "--output",
					file.toString())));
		JsonNode predicate = Documents.json(file);
		assertThat(predicate.at("/buildDefinition/resolvedDependencies/0/digest/gitCommit").asString())
			.isEqualTo("abc");
		assertThat(predicate.at("/buildDefinition/resolvedDependencies/0/uri").asString())
			.isEqualTo("git+https://github.com/punctual/punctual");
		assertThat(predicate.at("/runDetails/byproducts/0/digest/sha256").asString())
			.isEqualTo("44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
		assertThat(predicate.at("/runDetails/builder/id").asString())
			.isEqualTo("arn:aws:codebuild:eu-west-1:000000000000:build/punctual");
		assertThat(predicate.at("/runDetails/metadata/invocationId").asString()).endsWith("punctual:5a5f");
		assertThat(predicate.at("/runDetails/metadata/startedOn").asString()).isEqualTo("2026-01-01T00:00:00Z");
	}

}
