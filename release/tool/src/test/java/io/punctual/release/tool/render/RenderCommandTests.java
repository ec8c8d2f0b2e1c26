package io.punctual.release.tool.render;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.punctual.release.tool.Documents;
import io.punctual.release.tool.Options;
import io.punctual.release.tool.ReleaseException;
import io.punctual.release.tool.Repository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What is made of the templates at the root.
 */
class RenderCommandTests {

	private static final String DIGEST = "sha256:" + "0123456789abcdef".repeat(4);

	private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

	@TempDir
	private Path output;

	private void render(String service, String image) {
		new RenderCommand().run(Options.parse(List.of("--root", Repository.ROOT.toString(), "--service", service,
				"--image", image, "--release", COMMIT, "--output", this.output.toString())));
	}

	@ParameterizedTest
	@ValueSource(strings = { "clients", "notices", "delivery", "sla" })
	void rendersEachServiceByDigest(String service) {
		render(service, "registry/punctual/" + service + "@" + DIGEST);
		JsonNode definition = Documents.json(this.output.resolve("taskdef.json"));
		assertThat(definition.path("family").asString()).isEqualTo("punctual-" + service);
		JsonNode container = definition.at("/containerDefinitions/0");
		assertThat(container.path("image").asString()).isEqualTo("registry/punctual/" + service + "@" + DIGEST);
		assertThat(environment(container)).containsEntry("PUNCTUAL_RELEASE_ID", COMMIT)
			.containsEntry("SPRING_DATASOURCE_USERNAME", service)
			.containsEntry("PUNCTUAL_RELEASE_GATE", "guarded");
		assertThat(Documents.text(this.output.resolve("appspec.yaml")))
			.contains("AfterAllowTestTraffic: CodeDeployHook_" + service)
			.contains("TaskDefinition: <TASK_DEFINITION>");
		assertThat(
				Documents.json(this.output.resolve("migrate.json")).at("/containerDefinitions/0/command/0").asString())
			.isEqualTo("migrate");
	}

	@ParameterizedTest
	@ValueSource(strings = { "clients", "notices", "delivery", "sla" })
	void saysHowManyMigrationsTheReleaseBrings(String service) throws IOException {
		render(service, "registry/punctual/" + service + "@" + DIGEST);
		long migrations = 0;
		for (String folder : List.of("services/shared/src/main/resources/db/shared",
				"services/" + service + "/src/main/resources/db/migration")) {
			try (Stream<Path> files = Files.list(Repository.file(folder))) {
				migrations += files.count();
			}
		}
		for (String file : List.of("taskdef.json", "migrate.json")) {
			assertThat(Documents.json(this.output.resolve(file)).path("tags").valueStream())
				.filteredOn((tag) -> tag.path("key").asString().equals("punctual:schema"))
				.singleElement()
				.extracting((tag) -> tag.path("value").asString())
				.isEqualTo(String.valueOf(migrations));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "LINUX/ARM64", "LINUX/X86_64", "WINDOWS_SERVER_2022_CORE/X86_64" })
	void rendersForThePlatformOfTheEnvironment(String platform) {
		new RenderCommand().run(Options.parse(List.of("--root", Repository.ROOT.toString(), "--service", "sla",
				"--image", "registry/punctual/sla@" + DIGEST, "--release", COMMIT, "--platform", platform, "--output",
				this.output.toString())));
		boolean linux = platform.startsWith("LINUX");
		for (String file : List.of("taskdef.json", "migrate.json")) {
			JsonNode task = Documents.json(this.output.resolve(file));
			assertThat(task.at("/runtimePlatform/operatingSystemFamily").asString() + "/"
					+ task.at("/runtimePlatform/cpuArchitecture").asString())
				.isEqualTo(platform);
			assertThat(task.has("volumes")).isEqualTo(linux);
			JsonNode container = task.at("/containerDefinitions/0");
			for (String ofLinux : List.of("readonlyRootFilesystem", "linuxParameters", "mountPoints", "user")) {
				assertThat(container.has(ofLinux)).as(file + " " + ofLinux).isEqualTo(linux);
			}
			assertThat(container.has("image")).isTrue();
			assertThat(container.has("logConfiguration")).isTrue();
		}
		// Fargate refuses smaller tasks on Windows; a service's sizes are the account's.
		JsonNode migration = Documents.json(this.output.resolve("migrate.json"));
		assertThat(migration.path("cpu").asString()).isEqualTo(linux ? "512" : "1024");
		assertThat(migration.path("memory").asString()).isEqualTo(linux ? "1024" : "2048");
		assertThat(Documents.json(this.output.resolve("taskdef.json")).path("cpu").asString()).isEqualTo("${CPU}");
		assertThat(Documents.text(this.output.resolve("appspec.yaml")))
			.contains("PlatformVersion: \"" + (linux ? "1.4.0" : "1.0.0") + "\"");
	}

	@Test
	void refusesWhatIsNoPlatform() {
		assertThatExceptionOfType(ReleaseException.class)
			.isThrownBy(() -> PlatformRelease.of("LINUX", Documents.JSON.createObjectNode()))
			.withMessageContaining("LINUX");
	}

	@Test
	void leavesToTheAccountWhatIsTheAccounts() {
		render("delivery", "registry/punctual/delivery@" + DIGEST);
		assertThat(new Template(Documents.text(this.output.resolve("taskdef.json"))).names()).containsExactly(
				"API_HOST", "ARCHITECTURE", "CPU", "DATABASE_HOST", "DATABASE_OPTIONS", "EXECUTION_ROLE",
				"IDENTITY_CLIENT_ID", "IDENTITY_CLIENT_SECRET", "IDENTITY_ISSUER", "IDENTITY_JWKS_URI",
				"IDENTITY_TOKEN_URI", "LOG_GROUP", "MAIL_CONFIGURATION_SET", "MAIL_EVENTS_QUEUE", "MAIL_FROM", "MEMORY",
				"REGION", "SECRETS_KEY", "TASK_ROLE", "ZONE");
	}

	@Test
	void givesAServiceTheSourcesThatItReadsAndNoOther() {
		render("notices", "registry/punctual/notices@" + DIGEST);
		Map<String, String> environment = environment(
				Documents.json(this.output.resolve("taskdef.json")).at("/containerDefinitions/0"));
		assertThat(environment).containsEntry("PUNCTUAL_SOURCES_CLIENTS_URL", "https://clients.${ZONE}:8441")
			.doesNotContainKeys("PUNCTUAL_SOURCES_SLA_URL", "PUNCTUAL_COGNITO_USER_POOL_ID");
		assertThat(Documents.json(this.output.resolve("taskdef.json"))
			.at("/containerDefinitions/0/environment")
			.valueStream()
			.map((variable) -> variable.path("name").asString())
			.toList()).isSorted();
	}

	@Test
	void refusesAnImageByTag() {
		assertThatExceptionOfType(ReleaseException.class)
			.isThrownBy(() -> render("sla", "registry/punctual/sla:latest"))
			.withMessageContaining("by digest");
	}

	@Test
	void refusesAServiceThatItDoesNotKnow() {
		assertThatExceptionOfType(ReleaseException.class)
			.isThrownBy(() -> render("billing", "registry/punctual/billing@" + DIGEST))
			.withMessageContaining("billing");
	}

	@Test
	void refusesAVariableThatIsGivenTwice() {
		ServiceRelease release = new ServiceRelease("sla", "registry/punctual/sla@" + DIGEST, COMMIT,
				Map.of("SERVER_PORT", "9999"));
		assertThatExceptionOfType(ReleaseException.class)
			.isThrownBy(() -> release.taskDefinition(Documents.text(Repository.file("taskdef.json"))))
			.withMessageContaining("SERVER_PORT");
	}

	private static Map<String, String> environment(JsonNode container) {
		Map<String, String> environment = new TreeMap<>();
		container.path("environment")
			.forEach((item) -> environment.put(item.path("name").asString(), item.path("value").asString()));
		return environment;
	}

}
