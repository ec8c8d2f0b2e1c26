package io.punctual.infrastructure.release;

import java.util.List;

import io.punctual.infrastructure.support.NeedsNode;
import io.punctual.infrastructure.support.Synthesised;
import io.punctual.infrastructure.support.Template;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where the suite runs on AWS.
 */
@NeedsNode
class SuiteTests {

	@Test
	void runsWhereItsDatabaseHasBinariesAndTheLibrariesTheyAreLinkedWith() {
		List<Template.Resource> suites = Synthesised.production()
			.stack("Pipeline")
			.all("AWS::CodeBuild::Project")
			.stream()
			.filter((project) -> project.at("Source/BuildSpec").asString("").contains("release/test"))
			.toList();
		assertThat(suites).hasSize(2).allSatisfy((suite) -> {
			assertThat(suite.text("Environment/Type")).isEqualTo("LINUX_CONTAINER");
			// Ubuntu.
			assertThat(suite.text("Environment/Image")).startsWith("aws/codebuild/standard:");
		});
	}

}
