package io.punctual.release.tool.render;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

import io.punctual.release.tool.Documents;
import io.punctual.release.tool.Repository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The templates against the services as they are: their names, ports and the properties
 * that they know.
 */
class TemplatesTests {

	private static final JsonNode SERVICES = Documents.json(Repository.file("release/services.json"));

	private static final JsonNode CONTAINER = Documents.json(Repository.file("taskdef.json"))
		.at("/containerDefinitions/0");

	static Stream<String> services() {
		return SERVICES.propertyNames().stream();
	}

	@Test
	void nameTheServicesThatThereAre() throws IOException {
		try (Stream<Path> modules = Files.list(Repository.file("services"))) {
			Set<String> runnable = new TreeSet<>(
					modules.filter((module) -> Files.exists(module.resolve("src/main/resources/application.yaml")))
						.filter((module) -> hasApplication(module))
						.map((module) -> module.getFileName().toString())
						.toList());
			assertThat(new TreeSet<>(SERVICES.propertyNames())).isEqualTo(runnable);
		}
	}

	@ParameterizedTest
	@MethodSource("services")
	void giveAServiceOnlyVariablesThatItKnows(String service) {
		Knowledge knowledge = Knowledge.of(service);
		List<String> unknown = new ArrayList<>();
		variables(service).keySet().stream().filter((name) -> !knowledge.contains(name)).forEach(unknown::add);
		assertThat(unknown).as("variables of taskdef.json that %s would not read", service).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("services")
	void tellAServiceWhereEachOfItsSourcesIs(String service) {
		JsonNode application = Documents
			.yaml(Repository.file("services/" + service + "/src/main/resources/application.yaml"));
		Set<String> sources = new TreeSet<>();
		application.at("/punctual/sources")
			.propertyNames()
			.forEach((name) -> sources
				.add("PUNCTUAL_SOURCES_" + name.split("\\.")[0].toUpperCase(Locale.ROOT) + "_URL"));
		Set<String> told = new TreeSet<>(
				variables(service).keySet().stream().filter((name) -> name.startsWith("PUNCTUAL_SOURCES_")).toList());
		assertThat(told).isEqualTo(sources);
	}

	@ParameterizedTest
	@MethodSource("services")
	void callASourceAtItsOwnListener(String service) {
		variables(service).forEach((name, value) -> {
			if (name.startsWith("PUNCTUAL_SOURCES_")) {
				String source = name.split("_")[2].toLowerCase(Locale.ROOT);
				assertThat(value).isEqualTo(
						"https://" + source + ".${ZONE}:" + SERVICES.path(source).path("productionPort").asInt());
			}
		});
	}

	@Test
	void useAListenerPairOfEachServicesOwn() {
		Set<Integer> ports = new TreeSet<>();
		SERVICES.forEach((service) -> {
			ports.add(service.path("productionPort").asInt());
			ports.add(service.path("testPort").asInt());
		});
		assertThat(ports).containsExactly(8441, 8442, 8443, 8444, 9441, 9442, 9443, 9444);
	}

	@Test
	void agreeAboutContainerAndPort() {
		JsonNode appspec = Documents.yaml(Repository.file("appspec.yaml"));
		JsonNode balancer = appspec.at("/Resources/0/TargetService/Properties/LoadBalancerInfo");
		assertThat(balancer.path("ContainerName").asString()).isEqualTo(CONTAINER.path("name").asString())
			.isEqualTo("service");
		int port = balancer.path("ContainerPort").asInt();
		assertThat(port).isEqualTo(CONTAINER.at("/portMappings/0/containerPort").asInt()).isEqualTo(8080);
		assertThat(variables("sla")).containsEntry("SERVER_PORT", String.valueOf(port));
		assertThat(CONTAINER.at("/healthCheck/command").toString()).contains("/127.0.0.1/" + port);
	}

	@Test
	void letTheHookDecideBeforeAnyTrafficMoves() {
		JsonNode hooks = Documents.yaml(Repository.file("appspec.yaml")).path("Hooks");
		assertThat(hooks).hasSize(1);
		assertThat(hooks.path(0).path("AfterAllowTestTraffic").asString()).isEqualTo("CodeDeployHook_${SERVICE}");
	}

	@Test
	void stopATaskNoSoonerThanItsLongPollsEnd() {
		JsonNode defaults = Documents
			.yaml(Repository.file("services/shared/src/main/resources/punctual-defaults.yaml"));
		String drain = defaults.at("/spring/lifecycle.timeout-per-shutdown-phase").asString();
		assertThat(drain).matches("\\d+s");
		assertThat(CONTAINER.path("stopTimeout").asInt())
			.isGreaterThan(Integer.parseInt(drain.substring(0, drain.length() - 1)))
			.isLessThanOrEqualTo(120);
	}

	@ParameterizedTest
	@ValueSource(strings = { "taskdef.json", "release/migrate-taskdef.json" })
	void lockTheContainerDown(String template) {
		JsonNode container = Documents.json(Repository.file(template)).at("/containerDefinitions/0");
		assertThat(container.path("user").asString()).matches("[1-9]\\d*:[1-9]\\d*");
		assertThat(container.path("readonlyRootFilesystem").asBoolean()).isTrue();
		assertThat(container.path("privileged").asBoolean(false)).isFalse();
		assertThat(container.at("/linuxParameters/capabilities/drop/0").asString()).isEqualTo("ALL");
		assertThat(container.at("/linuxParameters/capabilities/add")).isEmpty();
		assertThat(container.path("mountPoints")).hasSize(1);
		assertThat(container.path("mountPoints").path(0).path("containerPath").asString()).isEqualTo("/tmp");
		assertThat(container.at("/logConfiguration/logDriver").asString()).isEqualTo("awslogs");
	}

	/**
	 * It signs in as the master, whose password it alone is given, and makes the
	 * service's user one of IAM.
	 */
	@ParameterizedTest
	@MethodSource("services")
	void letTheMigrationAloneBeTheMaster(String service) {
		JsonNode migration = Documents.json(Repository.file("release/migrate-taskdef.json"))
			.at("/containerDefinitions/0");
		Knowledge knowledge = Knowledge.of(service);
		Map<String, String> told = new TreeMap<>();
		migration.path("environment")
			.forEach((item) -> told.put(item.path("name").asString(), item.path("value").asString()));
		assertThat(told.keySet()).allMatch(knowledge::contains);
		assertThat(told).containsEntry("PUNCTUAL_MIGRATE_AUTHENTICATION", "iam")
			.containsEntry("PUNCTUAL_MIGRATE_SERVICE_USER", variables(service).get("SPRING_DATASOURCE_USERNAME"))
			.containsEntry("SPRING_DATASOURCE_URL", variables(service).get("SPRING_DATASOURCE_URL"));
		Map<String, String> secrets = new TreeMap<>();
		migration.path("secrets")
			.forEach((item) -> secrets.put(item.path("name").asString(), item.path("valueFrom").asString()));
		assertThat(secrets).isEqualTo(Map.of("SPRING_DATASOURCE_USERNAME", "${DATABASE_MASTER_SECRET}:username::",
				"SPRING_DATASOURCE_PASSWORD", "${DATABASE_MASTER_SECRET}:password::"));
		assertThat(Documents.text(Repository.file("taskdef.json"))).doesNotContain("MASTER");
	}

	@Test
	void keepSecretsOutOfTheVariables() {
		CONTAINER.path("environment")
			.forEach((variable) -> assertThat(variable.path("name").asString())
				.doesNotContainPattern("PASSWORD|_SECRET$|TOKEN$"));
		CONTAINER.path("secrets").forEach((secret) -> assertThat(secret.path("valueFrom").asString()).startsWith("${"));
	}

	private static Map<String, String> variables(String service) {
		Map<String, String> variables = new TreeMap<>();
		CONTAINER.path("environment")
			.forEach((item) -> variables.put(item.path("name").asString(), item.path("value").asString()));
		SERVICES.path(service).path("environment").forEachEntry((name, value) -> variables.put(name, value.asString()));
		CONTAINER.path("secrets").forEach((item) -> variables.put(item.path("name").asString(), ""));
		return variables;
	}

	private static boolean hasApplication(Path module) {
		Path main = module.resolve("src/main/java");
		if (!Files.isDirectory(main)) {
			return false;
		}
		try (Stream<Path> files = Files.walk(main)) {
			return files.anyMatch((file) -> file.getFileName().toString().endsWith("Application.java"));
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
