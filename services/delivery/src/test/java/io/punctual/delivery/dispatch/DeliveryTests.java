package io.punctual.delivery.dispatch;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

import io.punctual.delivery.DeliveryClock;
import io.punctual.delivery.Receiver;
import io.punctual.delivery.Receiver.Answer;
import io.punctual.delivery.World;
import io.punctual.delivery.World.Publication;
import io.punctual.shared.contract.EndpointTestRequested;
import io.punctual.shared.contract.EndpointUpserted;
import io.punctual.shared.contract.EndpointVerificationRequested;
import io.punctual.shared.events.EventSubscriber;
import io.punctual.shared.id.Ids;
import io.punctual.shared.secret.SecretBox;
import io.punctual.shared.transaction.Transactions;
import io.punctual.testing.PunctualTest;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

@PunctualTest(
		properties = { "punctual.targets.allow-loopback=true", "punctual.secrets.key-file=target/test-secrets.key" })
class DeliveryTests {

	static {
		World.writeKeyFile();
	}

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final Receiver receiver = new Receiver();

	private World world;

	@BeforeEach
	void meet(@Autowired List<EventSubscriber> subscribers, @Autowired Transactions transactions,
			@Autowired SecretBox box, @Autowired JsonMapper json, @Autowired JdbcClient jdbc,
			@Autowired DeliveryClock clock) {
		this.world = new World(subscribers, transactions, box, json, jdbc, clock);
	}

	@AfterEach
	void close() {
		this.receiver.close();
	}

	@Test
	void deliversASignedMessageAndKeepsTheEvidence() {
		String client = this.world.client();
		String endpoint = this.world.endpoint(client, this.receiver.url("/hook"));
		Publication said = this.world.publish(Ids.next("not"), Duration.ofMinutes(1),
				Map.of(client, List.of(endpoint)));
		String obligation = said.owed().getFirst().obligationId();
		Awaitility.await().atMost(PATIENCE).until(() -> "DELIVERED".equals(this.world.stateOf(obligation, endpoint)));
		assertThat(this.receiver.messages()).singleElement().satisfies((message) -> {
			assertThat(message.isSignedBy(World.SECRET)).isTrue();
			assertThat(message.header("webhook-id")).isEqualTo(said.updateId());
			assertThat(message.header("X-Correlation-Id")).isEqualTo("cor-test");
			assertThat(message.body()).contains("\"clientSeq\":1");
		});
		assertThat(this.world.count("SELECT COUNT(*) FROM attempt WHERE status = 204 AND address LIKE '127.0.0.1:%'"))
			.isPositive();
		assertThat(this.world
			.count("SELECT COUNT(*) FROM obligation WHERE obligation_id = ? AND satisfied_at IS NOT NULL", obligation))
			.isEqualTo(1);
		assertThat(this.world.count("SELECT COUNT(*) FROM event_log WHERE type = 'deliveries.settled' AND data LIKE ?",
				"%" + obligation + "%"))
			.isEqualTo(1);
		Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> this.world
				.count("SELECT COUNT(*) FROM endpoint_queue WHERE endpoint_id = ? AND state = 'IDLE'", endpoint) == 1);
	}

	@Test
	void numbersWhatAClientIsOwedWithoutGaps() {
		String client = this.world.client();
		String endpoint = this.world.endpoint(client, this.receiver.url("/hook"));
		String notice = Ids.next("not");
		for (int i = 0; i < 5; i++) {
			this.world.publish(notice, Duration.ofMinutes(1), Map.of(client, List.of(endpoint)));
		}
		Awaitility.await().atMost(PATIENCE).until(() -> this.receiver.messages().size() == 5);
		for (int i = 0; i < 5; i++) {
			assertThat(this.receiver.messages().get(i).body()).contains("\"clientSeq\":" + (i + 1) + ",");
		}
	}

	@Test
	void probesAFailingReceiverAndFlushesTheBacklogOnSuccess() {
		AtomicBoolean well = new AtomicBoolean();
		this.receiver.answering((message) -> Answer.of(well.get() ? 200 : 503));
		String client = this.world.client();
		String endpoint = this.world.endpoint(client, this.receiver.url("/hook"));
		List<String> obligations = List.of(publish(client, endpoint), publish(client, endpoint),
				publish(client, endpoint));
		Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> this.world.count("SELECT COUNT(*) FROM endpoint_queue WHERE endpoint_id = ? "
					+ "AND state = 'WAITING' AND failing_since IS NOT NULL", endpoint) == 1);
		well.set(true);
		Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> obligations.stream().allMatch((id) -> "DELIVERED".equals(this.world.stateOf(id, endpoint))));
		assertThat(this.world.count("SELECT COUNT(*) FROM event_log WHERE type = 'deliveries.failing' AND data LIKE ?",
				"%" + endpoint + "%"))
			.isPositive();
	}

	@Test
	void aFailedProbeIsTheEvidenceForEverythingThatWaits() {
		this.receiver.answering((message) -> Answer.of(503));
		String client = this.world.client();
		String endpoint = this.world.endpoint(client, this.receiver.url("/hook"));
		List<String> obligations = List.of(publish(client, endpoint), publish(client, endpoint),
				publish(client, endpoint), publish(client, endpoint));
		Awaitility.await()
			.atMost(PATIENCE)
			.untilAsserted(() -> assertThat(obligations).allSatisfy((id) -> assertThat(this.world.count(
					"SELECT COUNT(*) FROM event_log WHERE type = 'deliveries.failing' AND data LIKE ?", "%" + id + "%"))
				.isEqualTo(1)));
		assertThat(this.world.count("""
				SELECT COUNT(*) FROM delivery WHERE endpoint_id = ? AND last_side = 'RECIPIENT'
				AND first_attempt_at >= started_at""", endpoint)).isEqualTo(4);
	}

	@Test
	void anEndpointThatIsGoneIsSkippedAndTheOtherUsedAtOnce() {
		this.receiver.answering((message) -> Answer.of(message.path().equals("/gone") ? 410 : 200));
		String client = this.world.client();
		String gone = this.world.endpoint(client, this.receiver.url("/gone"));
		String other = this.world.endpoint(client, this.receiver.url("/other"));
		String obligation = publish(client, gone);
		Awaitility.await().atMost(PATIENCE).until(() -> "DELIVERED".equals(this.world.stateOf(obligation, other)));
		assertThat(this.world.stateOf(obligation, gone)).isEqualTo("SKIPPED");
		assertThat(
				this.world.count("SELECT COUNT(*) FROM event_log WHERE type = 'endpoint.gone' AND subject = ?", gone))
			.isEqualTo(1);
	}

	@Test
	void aRefusedMessageDoesNotHoldUpTheOthers() {
		this.receiver.answering((message) -> Answer.of(message.body().contains("\"clientSeq\":1,") ? 422 : 200));
		String client = this.world.client();
		String endpoint = this.world.endpoint(client, this.receiver.url("/hook"));
		String refused = publish(client, endpoint);
		String next = publish(client, endpoint);
		Awaitility.await().atMost(PATIENCE).until(() -> "DELIVERED".equals(this.world.stateOf(next, endpoint)));
		assertThat(this.world.stateOf(refused, endpoint)).isEqualTo("PENDING");
	}

	@Test
	void aLeaseWhoseHolderIsGoneIsTakenOver() {
		String client = this.world.client();
		String endpoint = this.world.endpoint(client, this.receiver.url("/hook"));
		this.world.sql("UPDATE endpoint_queue SET state = 'LEASED', lease_token = 'lse_dead', "
				+ "lease_until = UTC_TIMESTAMP(6) + INTERVAL 2 SECOND WHERE endpoint_id = ?", endpoint);
		String obligation = publish(client, endpoint);
		Awaitility.await().atMost(PATIENCE).until(() -> "DELIVERED".equals(this.world.stateOf(obligation, endpoint)));
		assertThat(this.receiver.messages()).hasSize(1);
	}

	@Test
	void sendsOneUpdateToAThousandEndpoints() {
		Map<String, List<String>> all = new java.util.LinkedHashMap<>();
		for (int i = 0; i < 1000; i++) {
			String client = this.world.client();
			all.put(client, List.of(this.world.endpoint(client, this.receiver.url("/hook"))));
		}
		long start = System.nanoTime();
		this.world.publish(Ids.next("not"), Duration.ofMinutes(1), all);
		Awaitility.await().atMost(PATIENCE).until(() -> this.receiver.messages().size() >= 1000);
		System.out.println("1,000 endpoints in " + (System.nanoTime() - start) / 1_000_000 + " ms");
	}

	@Test
	void challengesAnEndpointThatIsToBeVerified() {
		this.receiver.answering((message) -> Answer.of(200, message.path().equals("/echo")
				? message.body().replaceAll(".*(\\{\"challenge\":\"[^\"]*\"}).*", "$1") : "no"));
		String client = this.world.client();
		String good = check(client, "/echo");
		String bad = check(client, "/other");
		Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> this.world
				.count("SELECT COUNT(*) FROM event_log WHERE type = 'endpoint.verified' AND subject = ?", good) == 1
					&& this.world.count(
							"SELECT COUNT(*) FROM event_log WHERE type = 'endpoint.verification_failed' AND subject = ?",
							bad) == 1);
		assertThat(this.receiver.messages()).allMatch((message) -> message.isSignedBy(World.SECRET));
	}

	@Test
	void saysWhatCameOfATest() {
		this.receiver.answering((message) -> Answer.of(message.path().equals("/good") ? 200 : 500));
		String client = this.world.client();
		for (String path : List.of("/good", "/bad")) {
			String endpoint = this.world.endpoint(client, this.receiver.url(path));
			this.world.tell("clients", EndpointTestRequested.TYPE,
					new EndpointTestRequested(endpoint, client, Ids.next("tst"), java.time.Instant.now()));
			Awaitility.await()
				.atMost(PATIENCE)
				.until(() -> this.world.count(
						"SELECT COUNT(*) FROM event_log WHERE type = 'endpoint.tested' AND subject = ? AND data "
								+ (path.equals("/good") ? "NOT LIKE '%failure%'" : "LIKE '%answered 500%'"),
						endpoint) == 1);
		}
		assertThat(this.receiver.messages("/good")).singleElement()
			.satisfies((message) -> assertThat(message.isSignedBy(World.SECRET)).isTrue());
	}

	private String check(String client, String path) {
		String endpoint = this.world.endpoint(Ids.next("end"), client, this.receiver.url(path),
				EndpointUpserted.State.UNVERIFIED);
		this.world.tell("clients", EndpointVerificationRequested.TYPE,
				new EndpointVerificationRequested(endpoint, client, Ids.next("ver"), java.time.Instant.now()));
		return endpoint;
	}

	private String publish(String client, String endpoint) {
		return this.world.publish(Ids.next("not"), Duration.ofMinutes(1), Map.of(client, List.of(endpoint)))
			.owed()
			.getFirst()
			.obligationId();
	}

}
