package io.punctual.infrastructure.release;

import java.util.stream.Stream;

import io.punctual.infrastructure.support.NeedsNode;
import io.punctual.infrastructure.support.Synthesised;
import io.punctual.infrastructure.support.Template;
import io.punctual.infrastructure.support.Template.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What builds leave is not kept for ever.
 */
@NeedsNode
class ArtifactsTests {

	private final Template stack = Synthesised.production().stack("Pipeline");

	private Stream<JsonNode> rules() {
		return rules(this.stack.only("AWS::S3::Bucket", (bucket) -> bucket.id().matches("Artifacts[0-9A-F]{8}")));
	}

	private static Stream<JsonNode> rules(Resource bucket) {
		return bucket.at("LifecycleConfiguration/Rules")
			.valueStream()
			.filter((rule) -> rule.path("Status").asString("").equals("Enabled"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "punctual/release/x", "cache/x", "cache-test/x", "classes/x.aot.gz", "tested/x" })
	void whatABuildLeavesGoesAfterAWhile(String key) {
		assertThat(rules()).anyMatch((rule) -> rule.has("Prefix") && key.startsWith(rule.path("Prefix").asString())
				&& rule.path("ExpirationInDays").asInt(0) > 0);
	}

	/** The deployed API's document, by which a breaking change is known, and cosign. */
	@ParameterizedTest
	@ValueSource(strings = { "gateway/openapi.yaml", "tools/cosign-x" })
	void whatALaterReleaseNeedsStays(String key) {
		assertThat(rules()).noneMatch((rule) -> key.startsWith(rule.path("Prefix").asString(""))
				&& rule.path("ExpirationInDays").asInt(0) > 0);
	}

	@Test
	void whatIsWrittenOverOrDeletedIsNotKeptAsAVersionForEver() {
		assertThat(Synthesised.production()
			.all("AWS::S3::Bucket")
			.stream()
			.filter((bucket) -> bucket.text("VersioningConfiguration/Status").equals("Enabled"))).hasSize(2)
			.allSatisfy((bucket) -> assertThat(rules(bucket)).as(bucket.id())
				.anyMatch((rule) -> !rule.has("Prefix") && rule.has("NoncurrentVersionExpiration")));
	}

}
