package io.punctual.infrastructure.release;

import java.nio.file.Files;
import java.nio.file.Path;

import io.punctual.infrastructure.support.NeedsNode;
import io.punctual.infrastructure.support.Synthesised;
import io.punctual.infrastructure.support.Template;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where the build on AWS takes the images' base from.
 */
@NeedsNode
class BaseImageTests {

	@Test
	void isTheOneOfEveryBuildFromARegistryThatCountsNobodysPulls() throws Exception {
		Template.Resource build = Synthesised.production()
			.stack("Pipeline")
			.only("AWS::CodeBuild::Project", (project) -> project.text("Name").equals("punctual-build"));
		assertThat(Files.readString(Path.of("../pom.xml"))).contains("<image>eclipse-temurin:25-jre</image>");
		assertThat(build.at("Environment/EnvironmentVariables").valueStream())
			.anySatisfy((variable) -> assertThat(variable.path("Value").asString(""))
				.isEqualTo("-Djib.from.image=public.ecr.aws/docker/library/eclipse-temurin:25-jre"));
	}

}
