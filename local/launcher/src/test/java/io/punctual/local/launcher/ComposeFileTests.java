package io.punctual.local.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@code docker-compose.yml} must keep to, whoever edits it.
 */
class ComposeFileTests {

	private static final Path ROOT = Path.of("../..");

	private final Map<String, Map<String, Object>> services = services();

	@Test
	void hasEveryPart() {
		assertThat(this.services).containsOnlyKeys("mysql", "identity", "clients", "notices", "delivery", "sla", "edge",
				"mail");
	}

	@Test
	void publishesTheEdgeIdentityAndCaughtMailOnlyAndOnLoopbackOnly() {
		assertThat(with("ports")).containsOnlyKeys("edge", "identity", "mail");
		with("ports").values()
			.forEach((ports) -> ((List<?>) ports)
				.forEach((port) -> assertThat(String.valueOf(port)).startsWith("127.0.0.1:")));
	}

	@Test
	void allowsNoContainerMoreThanATaskOfFargateMay() {
		this.services.forEach((name, service) -> assertThat(service).as(name)
			.containsEntry("read_only", true)
			.containsEntry("cap_drop", List.of("ALL"))
			.containsEntry("security_opt", List.of("no-new-privileges:true"))
			.containsEntry("restart", "unless-stopped")
			.containsKeys("healthcheck", "tmpfs")
			.doesNotContainKeys("privileged", "cap_add", "network_mode", "pid"));
		this.services.forEach((name, service) -> assertThat(limits(service)).as(name)
			.isEqualTo(Map.of("memory", "1g", "cpus", name.equals("mysql") ? "1" : "0.5")));
	}

	@Test
	void startsInAnyOrder() {
		assertThat(with("depends_on")).isEmpty();
	}

	@Test
	void holdsNoSecret() throws IOException {
		assertThat(Files.readString(ROOT.resolve("docker-compose.yml"))).doesNotContainPattern("(?i)password=");
		with("environment").forEach((name, environment) -> ((Map<?, ?>) environment).keySet()
			.stream()
			.map(String::valueOf)
			.filter((variable) -> variable.matches(".*(PASSWORD|CLIENT_SECRET|_TOKEN)"))
			.forEach((variable) -> assertThat(variable).as(name).isNull()));
	}

	@Test
	void keepsTheDatabaseAndTheServicesFromTheOutside() {
		Map<String, ?> networks = document("docker-compose.yml", "networks");
		assertThat(networks).hasSize(7);
		networks.forEach((name, network) -> assertThat(network).as(name)
			.isEqualTo(name.equals("outside") ? Map.of() : Map.of("internal", true)));
		assertThat(this.services.entrySet()
			.stream()
			.filter((entry) -> ((List<?>) entry.getValue().getOrDefault("networks", List.of())).contains("outside"))
			.map(Map.Entry::getKey)).containsExactlyInAnyOrder("edge", "identity", "delivery", "mail");
	}

	@Test
	void letsNobodyReachAnotherByTheDatabasesNetworks() {
		List<?> database = (List<?>) Objects.requireNonNull(this.services.get("mysql")).get("networks");
		assertThat(database).hasSize(5)
			.allSatisfy((network) -> assertThat(this.services.entrySet()
				.stream()
				.filter((entry) -> ((List<?>) entry.getValue().getOrDefault("networks", List.of())).contains(network))
				.map(Map.Entry::getKey))
				.containsExactlyInAnyOrder("mysql", String.valueOf(network).replace("database-", "")));
	}

	@Test
	void takesStagingsServicesFromTheRegistryByTag() {
		Map<String, Map<String, Object>> staging = document("local/compose/staging.yml", "services");
		for (String service : Parts.SERVICES) {
			assertThat(staging.get(service)).extracting("image")
				.asString()
				.matches("\\$\\{PUNCTUAL_REGISTRY.*}punctual/" + service + ":\\$\\{PUNCTUAL_TAG.*}");
		}
	}

	private Map<String, Object> with(String key) {
		return this.services.entrySet()
			.stream()
			.filter((entry) -> entry.getValue().containsKey(key))
			.collect(Collectors.toMap(Map.Entry::getKey, (entry) -> entry.getValue().get(key)));
	}

	private static Map<?, ?> limits(Map<String, Object> service) {
		Map<?, ?> deploy = (Map<?, ?>) Objects.requireNonNull(service.get("deploy"));
		Map<?, ?> resources = (Map<?, ?>) Objects.requireNonNull(deploy.get("resources"));
		return (Map<?, ?>) Objects.requireNonNull(resources.get("limits"));
	}

	private static Map<String, Map<String, Object>> services() {
		return document("docker-compose.yml", "services");
	}

	private static <T> Map<String, T> document(String file, String part) {
		try {
			Map<String, Map<String, T>> document = new Yaml().load(Files.readString(ROOT.resolve(file)));
			return Objects.requireNonNull(document.get(part));
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
