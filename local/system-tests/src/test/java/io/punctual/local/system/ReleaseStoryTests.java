package io.punctual.local.system;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.punctual.release.hook.check.Caller;
import io.punctual.release.hook.check.CheckException;
import io.punctual.release.hook.check.Gate;
import io.punctual.release.hook.check.PublicSmoke;
import io.punctual.release.hook.check.Services;
import io.punctual.release.hook.check.Validation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Releases as the pipeline does them: the deployment's own hook tries each service beside
 * the one that works, opens its gate, and the traffic moves, while the API is being used.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReleaseStoryTests {

	private static final List<String> SERVICES = List.of("clients", "notices", "delivery", "sla");

	private final List<String> log = new ArrayList<>();

	private final SignedReceiver receiver = new SignedReceiver();

	@SuppressWarnings("NullAway.Init")
	private RunningSystem system;

	@SuppressWarnings("NullAway.Init")
	private Caller caller;

	@BeforeAll
	void start(@TempDir Path folder) throws Exception {
		this.system = new RunningSystem(folder, SERVICES.toArray(String[]::new));
		this.system.start(release("first"));
		this.caller = new Caller(
				new Caller.Credential(this.system.issuer() + "/oauth2/token", "release", RunningSystem.RELEASE_SECRET));
	}

	@AfterAll
	void stop() {
		this.caller.close();
		this.receiver.close();
		this.system.close();
	}

	@Test
	void everyServiceIsReleasedAndReleasedAgainWhileTheApiIsUsed() throws Exception {
		for (String service : SERVICES) {
			validate(service, this.system.serviceUrl(service), "first");
			assertThat(states(service)).containsExactly(Map.entry("first", "ACTIVE"));
		}
		assertThat(this.log).filteredOn((line) -> line.startsWith("No synthetic client yet")).hasSize(4);
		smoke();
		assertThat(this.receiver.verified()).as("the challenge and the drill's updates").isGreaterThanOrEqualTo(2);
		try (SteadyReader reader = new SteadyReader(this.system.edgeUrl(), this.system.issuer())) {
			for (String service : SERVICES) {
				String green = this.system.startBeside(service, release("second"));
				validate(service, green, "second");
				shift(service, green);
				assertThat(states(service)).containsEntry("first", "DRAINING").containsEntry("second", "ACTIVE");
			}
			smoke();
			reader.awaitMore();
			assertThat(reader.failures()).isEmpty();
		}
		assertThat(this.log).anyMatch((line) -> line.startsWith("clients keeps the synthetic client as it is"))
			.anyMatch((line) -> line.startsWith("notices says something that arrives, signed"))
			.anyMatch((line) -> line.startsWith("delivery signs and reaches the receiver itself"))
			.anyMatch((line) -> line.startsWith("sla knows the synthetic client's promises"));
		refusesAReleaseThatTakesNobodysToken();
	}

	private void refusesAReleaseThatTakesNobodysToken() throws Exception {
		Map<String, String> wrong = new TreeMap<>(release("third"));
		wrong.put("PUNCTUAL_IDENTITY_ISSUER", "http://127.0.0.1:1");
		wrong.put("PUNCTUAL_IDENTITY_JWKS_URI", this.system.issuer() + "/oauth2/jwks");
		wrong.put("PUNCTUAL_IDENTITY_TOKEN_URI", this.system.issuer() + "/oauth2/token");
		String green = this.system.startBeside("notices", wrong);
		assertThatExceptionOfType(CheckException.class).isThrownBy(() -> validate("notices", green, "third"))
			.withMessageContaining("401");
		assertThat(states("notices")).containsEntry("second", "ACTIVE").doesNotContainEntry("third", "ACTIVE");
		smoke();
	}

	private static Map<String, String> release(String id) {
		return Map.of("PUNCTUAL_RELEASE_ID", id, "PUNCTUAL_RELEASE_GATE", "guarded");
	}

	private void validate(String service, String green, String release) {
		Map<String, String> live = SERVICES.stream()
			.collect(Collectors.toMap((name) -> name, (name) -> this.system.serviceUrl(name)));
		new Validation(this.caller, new Services(service, green, live), this.log::add).run(service + "-" + release);
	}

	private void smoke() {
		new PublicSmoke(this.caller, this.system.edgeUrl()).run(this.receiver.url(),
				(endpoint, secret) -> this.receiver.knows(secret));
	}

	private Map<String, String> states(String service) {
		return new Gate(this.caller, this.system.serviceUrl(service)).state().states();
	}

	/**
	 * What CodeDeploy tells the load balancer, and the load balancer's targets are here.
	 */
	private void shift(String service, String green) throws IOException, InterruptedException {
		try (HttpClient http = HttpClient.newHttpClient()) {
			HttpRequest request = HttpRequest.newBuilder(URI.create(this.system.edgeAdminUrl() + "/targets/" + service))
				.header("Content-Type", "application/json")
				.PUT(BodyPublishers.ofString("""
						[{"name": "blue", "url": "%s", "weight": 0}, {"name": "green", "url": "%s", "weight": 100}]"""
					.formatted(this.system.serviceUrl(service), green)))
				.build();
			assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
		}
	}

}
