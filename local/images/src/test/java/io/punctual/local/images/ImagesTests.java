package io.punctual.local.images;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every image must be; {@code ./mvnw -Pimages,docker verify} builds them first.
 */
@Tag("docker")
class ImagesTests {

	static final List<String> NAMES = List.of("clients", "notices", "delivery", "sla", "identity", "edge", "mail");

	private static final JsonMapper JSON = new JsonMapper();

	private static Stream<String> names() {
		return NAMES.stream();
	}

	@ParameterizedTest
	@MethodSource("names")
	void runsAsNobodyAndSaysWhatItIs(String name) {
		JsonNode config = config(name);
		assertThat(config.path("User").asString()).isEqualTo("10001:10001");
		assertThat(config.path("Labels").path("org.opencontainers.image.revision").asString()).matches("[0-9a-f]{40}");
		assertThat(config.path("Labels").path("org.opencontainers.image.source").asString()).startsWith("https://");
		assertThat(Docker.docker("image", "inspect", image(name), "--format", "{{join .RepoTags \" \"}}")).contains(
				"punctual/" + name + ":" + config.path("Labels").path("org.opencontainers.image.revision").asString());
	}

	/**
	 * As on Fargate, where what is mounted belongs to root unless the image declares it.
	 */
	@ParameterizedTest
	@MethodSource("names")
	void mayWriteToAVolumeThatIsMountedForItAndToNothingElse(String name) {
		assertThat(config(name).path("Volumes").propertyNames()).containsExactly("/tmp");
		Docker.Result result = Docker.run(Path.of("."),
				List.of("docker", "run", "--rm", "--network", "none", "--read-only", "--entrypoint", "bash",
						image(name), "-c", "touch /tmp/mine && ! touch /app/mine 2>/dev/null"));
		assertThat(result.status()).as(result.output()).isZero();
	}

	@ParameterizedTest
	@MethodSource("names")
	void startsFromItsClassCacheAndWithoutADatabaseOrANetwork(String name) {
		Docker.Result result = start(name, "-XX:AOTMode=on");
		assertThat(result.status()).as(result.output()).isZero();
	}

	@Test
	void wouldNoticeAClassCacheThatDoesNotFit() {
		Docker.Result result = start("sla", "-XX:AOTMode=on", "-XX:-UseCompactObjectHeaders");
		assertThat(result.status()).isNotZero();
		assertThat(result.output()).containsIgnoringCase("AOT");
	}

	@Test
	void startsWithoutTheClassCacheToo() {
		Docker.Result result = start("sla", "-XX:AOTMode=off");
		assertThat(result.status()).as(result.output()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "clients", "notices", "delivery", "sla" })
	void bringsNoDatabaseAndNoTestsAlong(String service) {
		String files = Docker.docker("run", "--rm", "--network", "none", "--entrypoint", "ls", image(service), "-1",
				"/app", "/app/libs");
		assertThat(files).contains("classes.aot", "jvm.options", "ready.sh", "mysql-connector-j")
			.doesNotContainIgnoringCase("mariadb")
			.doesNotContain("database-1", "testing-1", "junit", "testcontainers");
	}

	@ParameterizedTest
	@ValueSource(strings = { "clients", "notices", "delivery", "sla" })
	void saysWhatIsInside(String service) {
		String jar = "/app/classpath/" + service + "-1.0.0-SNAPSHOT.jar";
		String container = Docker.docker("create", image(service));
		try {
			Docker.Result bom = Docker.run(Path.of("."),
					List.of("sh", "-c", "docker cp " + container + ":" + jar + " target/" + service
							+ ".jar && unzip -p target/" + service + ".jar META-INF/sbom/application.cdx.json"));
			JsonNode components = JSON.readTree(bom.output()).path("components");
			assertThat(components.valueStream().map((component) -> component.path("name").asString()))
				.contains("shared", "spring-boot", "mysql-connector-j");
		}
		finally {
			Docker.tried("rm", container);
		}
	}

	@Test
	void passesArgumentsToTheApplication() {
		assertThat(config("sla").path("Entrypoint").valueStream().map(JsonNode::asString).toList().getLast())
			.isEqualTo("io.punctual.sla.SlaApplication");
		assertThat(config("sla").path("Cmd").isEmpty()).isTrue();
	}

	/**
	 * Starts it as its entry point does, with further options, up to the point where it
	 * would listen.
	 */
	private static Docker.Result start(String name, String... options) {
		List<String> entry = config(name).path("Entrypoint").valueStream().map(JsonNode::asString).toList();
		List<String> command = new ArrayList<>(List.of("run", "--rm", "--network", "none", "--read-only", "--tmpfs",
				"/tmp", "--cap-drop", "ALL", "--entrypoint", entry.getFirst(), image(name)));
		int classPath = entry.indexOf("-cp");
		command.addAll(entry.subList(1, classPath));
		command.addAll(List.of(options));
		command.add("@/app/training.options");
		command.addAll(entry.subList(classPath, entry.size()));
		return Docker.tried(command.toArray(String[]::new));
	}

	private static JsonNode config(String name) {
		return JSON.readTree(Docker.docker("image", "inspect", image(name), "--format", "{{json .Config}}"));
	}

	static String image(String name) {
		return "punctual/" + name + ":local";
	}

}
