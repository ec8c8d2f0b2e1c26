package io.punctual.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.punctual.delivery.Receiver.Answer;
import io.punctual.release.hook.check.Caller;
import io.punctual.release.hook.check.CheckException;
import io.punctual.release.hook.check.Gate;
import io.punctual.release.hook.check.Services;
import io.punctual.release.hook.check.Validation;
import io.punctual.release.hook.receiver.Verifier;
import io.punctual.shared.id.Ids;
import io.punctual.shared.security.Scopes;
import io.punctual.testing.HttpStandIn;
import io.punctual.testing.Instance;
import io.punctual.testing.TestDatabase;
import io.punctual.testing.TestTokens;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * The hook of a deployment with two real releases of this service on one schema: what it
 * lets in works, what it refuses sends nothing, and the former release works on.
 */
class HookTests {

	static {
		World.writeKeyFile();
		byte[] other = new byte[32];
		other[0] = 1;
		World.writeKeyFile("target/other-secrets.key", other);
	}

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final String OTHER_SECRET = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";

	private final TestDatabase database = TestDatabase.create();

	private final Receiver receiver = new Receiver();

	private final HttpStandIn clients = new HttpStandIn((request) -> HttpStandIn.Answer.json(404, "{}"));

	private final Instance blue = start("blue", "target/test-secrets.key");

	private final World world = World.of(this.blue);

	private final String client = this.world.client();

	private final String endpoint = this.world.endpoint(this.client, this.receiver.url("/hook"));

	private final List<String> log = new ArrayList<>();

	@BeforeEach
	void theReceiverAndTheSyntheticClientAreSetUp() {
		receiverKnows(World.SECRET);
		this.clients.answering((request) -> {
			String path = request.path();
			if (path.equals("/oauth2/token")) {
				return HttpStandIn.Answer.json(200,
						"{\"access_token\":\""
								+ TestTokens.shared()
									.of("release-hook", Scopes.PROVIDER_READ, Scopes.PROVIDER_WRITE, Scopes.INTERNAL)
								+ "\"}");
			}
			if (path.endsWith("/components")) {
				return HttpStandIn.Answer.json(200, "{\"items\":[{\"componentId\":\"cmp_1\"}]}");
			}
			if (path.endsWith("/endpoints")) {
				return HttpStandIn.Answer.json(200,
						"{\"items\":[{\"id\":\"" + this.endpoint + "\",\"state\":\"VERIFIED\"}]}");
			}
			return HttpStandIn.Answer.json(200, "{\"id\":\"" + this.client + "\",\"synthetic\":true}");
		});
	}

	@AfterEach
	void close() {
		this.blue.close();
		this.clients.close();
		this.receiver.close();
		this.database.close();
	}

	@Test
	void aGoodReleaseIsLetInAndDoesTheWorkFromThenOn() {
		try (Instance green = start("green", "target/test-secrets.key")) {
			validate(green);
			assertThat(this.receiver.messages()).singleElement()
				.satisfies((message) -> assertThat(message.isSignedBy(World.SECRET)).isTrue());
			assertThat(gateOf(green)).containsEntry("blue", "DRAINING").containsEntry("green", "ACTIVE");
			await().atMost(PATIENCE).until(() -> isWorking(green) && !isWorking(this.blue));
			assertDeliveredOnce(World.of(green));
			assertThat(this.log).anyMatch((line) -> line.startsWith("delivery signs and reaches the receiver itself"));
		}
	}

	@Test
	void aReleaseThatCannotOpenTheSecretsIsRefusedSendsNothingAndTheFormerOneWorksOn() {
		try (Instance green = start("green", "target/other-secrets.key")) {
			refuse(green, "/challenge was answered");
			assertThat(this.receiver.messages()).isEmpty();
			assertFormerReleaseWorksOn(green);
		}
	}

	@Test
	void aReleaseWhoseSignatureTheReceiverRefusesIsNotLetIn() {
		receiverKnows(OTHER_SECRET);
		try (Instance green = start("green", "target/test-secrets.key")) {
			refuse(green, "green's challenge failed");
			receiverKnows(World.SECRET);
			this.receiver.messages().clear();
			assertFormerReleaseWorksOn(green);
		}
	}

	@Test
	void aReleaseWhoseSchemaIsNotThereIsRefused() {
		this.world.sql("UPDATE flyway_schema_history SET success = FALSE WHERE version = '1'");
		try (Instance green = start("green", "target/test-secrets.key", "spring.flyway.enabled=false")) {
			refuse(green, "readiness");
			this.world.sql("UPDATE flyway_schema_history SET success = TRUE");
			assertFormerReleaseWorksOn(green);
		}
	}

	private void assertFormerReleaseWorksOn(Instance green) {
		// A release writes its name with its first heartbeat, which may come after the
		// hook has refused it.
		await().atMost(PATIENCE)
			.untilAsserted(() -> assertThat(gateOf(this.blue)).containsEntry("blue", "ACTIVE")
				.containsEntry("green", "STANDBY"));
		assertDeliveredOnce(this.world);
		// What the watcher has done once CodeDeploy says that the deployment failed.
		try (Caller caller = caller()) {
			new Gate(caller, url(this.blue)).reject("green");
		}
		assertThat(gateOf(green)).containsEntry("blue", "ACTIVE").containsEntry("green", "REJECTED");
		assertThat(isWorking(this.blue)).isTrue();
		assertThat(isWorking(green)).isFalse();
	}

	private void assertDeliveredOnce(World world) {
		this.receiver.messages().clear();
		String obligation = world
			.publish(Ids.next("not"), Duration.ofMinutes(5), Map.of(this.client, List.of(this.endpoint)))
			.owed()
			.getFirst()
			.obligationId();
		await().atMost(PATIENCE).until(() -> "DELIVERED".equals(world.stateOf(obligation, this.endpoint)));
		assertThat(this.receiver.messages()).hasSize(1);
	}

	private void refuse(Instance green, String because) {
		assertThatExceptionOfType(CheckException.class).isThrownBy(() -> validate(green))
			.withMessageContaining(because);
	}

	private void validate(Instance green) {
		String live = url(this.blue);
		try (Caller caller = caller()) {
			new Validation(caller,
					new Services("delivery", url(green),
							Map.of("clients", this.clients.url().toString(), "delivery", live)),
					this.log::add)
				.run("d-1");
		}
	}

	private Map<String, String> gateOf(Instance instance) {
		try (Caller caller = caller()) {
			return new Gate(caller, url(instance)).state().states();
		}
	}

	private Caller caller() {
		return new Caller(new Caller.Credential(this.clients.url() + "/oauth2/token", "release-hook", "secret"));
	}

	private void receiverKnows(String secret) {
		this.receiver.answering((message) -> {
			Verifier.Reply reply = Verifier.answer(secret, message.headers(), message.body());
			return Answer.of(reply.status(), reply.body());
		});
	}

	private Instance start(String release, String keyFile, String... more) {
		List<String> settings = new ArrayList<>(List.of("punctual.events.reading=false",
				"punctual.targets.allow-loopback=true", "punctual.secrets.key-file=" + keyFile,
				"punctual.release.id=" + release, "punctual.release.gate=guarded", "punctual.release.look=100ms"));
		settings.addAll(List.of(more));
		return Instance.start(DeliveryApplication.class, this.database, settings.toArray(String[]::new));
	}

	private static boolean isWorking(Instance instance) {
		return instance.getInternal("/internal/releases").body().contains("\"working\":true");
	}

	private static String url(Instance instance) {
		return "http://localhost:" + instance.port();
	}

}
