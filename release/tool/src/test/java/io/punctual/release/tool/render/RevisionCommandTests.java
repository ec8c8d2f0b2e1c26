package io.punctual.release.tool.render;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

import io.punctual.release.tool.Documents;
import io.punctual.release.tool.Options;
import io.punctual.release.tool.Repository;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What CreateDeployment is given.
 */
class RevisionCommandTests {

	@Test
	void putsTheTaskDefinitionIntoTheSpecification() {
		String arn = "arn:aws:ecs:eu-west-1:000000000000:task-definition/punctual-sla:7";
		JsonNode revision = Documents.JSON.readTree(print(() -> new RevisionCommand().run(Options
			.parse(List.of("--root", Repository.ROOT.toString(), "--service", "sla", "--task-definition", arn)))));
		assertThat(revision.path("revisionType").asString()).isEqualTo("AppSpecContent");
		JsonNode specification = Documents.YAML.readTree(revision.at("/appSpecContent/content").asString());
		assertThat(specification.at("/Resources/0/TargetService/Properties/TaskDefinition").asString()).isEqualTo(arn);
		assertThat(specification.at("/Hooks/0/AfterAllowTestTraffic").asString()).isEqualTo("CodeDeployHook_sla");
	}

	private static String print(Runnable work) {
		PrintStream before = System.out;
		ByteArrayOutputStream text = new ByteArrayOutputStream();
		System.setOut(new PrintStream(text, true, StandardCharsets.UTF_8));
		try {
			work.run();
		}
		finally {
			System.setOut(before);
		}
		return text.toString(StandardCharsets.UTF_8);
	}

}
