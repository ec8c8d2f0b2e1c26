package io.punctual.infrastructure.compute;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.punctual.infrastructure.settings.Platform;
import io.punctual.infrastructure.settings.Service;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link TaskDefinitionTemplate}.
 */
class TaskDefinitionTemplateTests {

	@Test
	void runsReadOnlyAsFargateHasIt() {
		Map<String, Object> task = TaskDefinitionTemplate.render(Service.SLA, Platform.ARM64, values());
		assertThat(task).containsEntry("Family", "punctual-sla")
			.containsEntry("RuntimePlatform", Map.of("OperatingSystemFamily", "LINUX", "CpuArchitecture", "ARM64"));
		assertThat(container(task)).containsEntry("Name", Service.CONTAINER_NAME)
			.containsEntry("ReadonlyRootFilesystem", true)
			.containsKeys("LinuxParameters", "HealthCheck", "MountPoints");
		assertThat((Integer) container(task).get("StopTimeout")).isGreaterThan(30);
	}

	static Stream<Platform> platforms() {
		return Stream.of(Platform.ARM64, Platform.X86_64, Platform.WINDOWS);
	}

	@ParameterizedTest
	@MethodSource("platforms")
	void saysWhatThePlatformsRecordSays(Platform platform) {
		Map<String, Object> task = TaskDefinitionTemplate.render(Service.SLA, platform, values());
		assertThat(task).containsEntry("RuntimePlatform", Map.of("OperatingSystemFamily",
				platform.operatingSystemFamily(), "CpuArchitecture", platform.cpuArchitecture()));
		assertThat(container(task)).containsKeys("Image", "Secrets", "LogConfiguration", "StopTimeout", "PortMappings");
		assertThat(container(task).containsKey("ReadonlyRootFilesystem")).isEqualTo(!platform.isWindows());
		assertThat(task.containsKey("Volumes")).isEqualTo(!platform.isWindows());
	}

	@Test
	void dropsOnWindowsWhatWindowsLacks() {
		Map<String, Object> task = TaskDefinitionTemplate.render(Service.SLA, Platform.WINDOWS, values());
		assertThat(task).doesNotContainKey("Volumes");
		assertThat(container(task))
			.doesNotContainKeys("ReadonlyRootFilesystem", "User", "LinuxParameters", "MountPoints", "HealthCheck",
					"Ulimits")
			.containsKeys("Image", "Secrets", "LogConfiguration", "StopTimeout");
	}

	@Test
	void keepsTheNamesOfOptionsAndVariablesAsTheyAre() {
		Map<String, Object> container = container(
				TaskDefinitionTemplate.render(Service.DELIVERY, Platform.X86_64, values()));
		assertThat(String.valueOf(container.get("LogConfiguration"))).contains("awslogs-group=x");
		assertThat(String.valueOf(container.get("Environment"))).contains("PUNCTUAL_SOURCES_NOTICES_URL");
	}

	@Test
	void refusesAPlaceholderWithoutAValue() {
		Map<String, String> values = values();
		values.remove("DATABASE_HOST");
		assertThatIllegalStateException()
			.isThrownBy(() -> TaskDefinitionTemplate.render(Service.SLA, Platform.ARM64, values))
			.withMessageContaining("DATABASE_HOST");
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> container(Map<String, Object> task) {
		return ((List<Map<String, Object>>) task.getOrDefault("ContainerDefinitions", List.of())).getFirst();
	}

	private static Map<String, String> values() {
		Map<String, String> values = new HashMap<>();
		for (String name : List.of("ARCHITECTURE", "CPU", "MEMORY", "REGION", "ZONE", "DATABASE_HOST",
				"DATABASE_OPTIONS", "SECRETS_KEY", "IDENTITY_ISSUER", "IDENTITY_JWKS_URI", "IDENTITY_TOKEN_URI",
				"USER_POOL", "USAGE_PLAN", "API_HOST", "MAIL_FROM", "MAIL_CONFIGURATION_SET", "MAIL_EVENTS_QUEUE",
				"EXECUTION_ROLE", "TASK_ROLE", "IDENTITY_CLIENT_ID", "IDENTITY_CLIENT_SECRET", "LOG_GROUP", "IMAGE",
				"RELEASE")) {
			values.put(name, "x");
		}
		values.put("SERVICE", "sla");
		return values;
	}

}
