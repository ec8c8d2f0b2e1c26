package io.punctual.infrastructure;

import java.util.stream.Collectors;

import io.punctual.infrastructure.settings.Environment;
import io.punctual.infrastructure.settings.Platform;
import io.punctual.infrastructure.support.NeedsNode;
import io.punctual.infrastructure.support.Synthesised;
import io.punctual.infrastructure.support.Template;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What environments differ by.
 */
@NeedsNode
class EnvironmentsTests {

	@Test
	void haveTheSameKindsOfResources() {
		assertThat(kinds(Synthesised.staging())).isEqualTo(kinds(Synthesised.production()));
	}

	@Test
	void runOnAnotherPlatformByOneWordOfTheRecord() {
		Template traffic = Synthesised.of(Environment.staging().on(Platform.WINDOWS)).stack("Traffic");
		assertThat(traffic.all("AWS::ECS::TaskDefinition")).hasSize(4).allSatisfy((task) -> {
			assertThat(task.text("RuntimePlatform/OperatingSystemFamily")).startsWith("WINDOWS");
			assertThat(task.at("ContainerDefinitions/0/LinuxParameters").isMissingNode()).isTrue();
		});
	}

	private static java.util.Map<String, java.util.Set<String>> kinds(Synthesised environment) {
		return environment.stacks()
			.entrySet()
			.stream()
			.collect(Collectors.toMap((stack) -> stack.getKey().replaceFirst("-.*", ""),
					(stack) -> stack.getValue()
						.resources()
						.stream()
						.map(Template.Resource::type)
						.collect(Collectors.toSet())));
	}

}
