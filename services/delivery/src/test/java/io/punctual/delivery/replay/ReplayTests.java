package io.punctual.delivery.replay;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.punctual.delivery.DeliveryClock;
import io.punctual.delivery.Receiver;
import io.punctual.delivery.World;
import io.punctual.shared.contract.EndpointUpserted;
import io.punctual.shared.events.EventSubscriber;
import io.punctual.shared.id.Ids;
import io.punctual.shared.secret.SecretBox;
import io.punctual.shared.transaction.Transactions;
import io.punctual.testing.Api;
import io.punctual.testing.PunctualTest;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What was given up, or all of a time, is sent to an endpoint once more.
 */
@PunctualTest(
		properties = { "punctual.targets.allow-loopback=true", "punctual.secrets.key-file=target/test-secrets.key" })
class ReplayTests {

	static {
		World.writeKeyFile();
	}

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final Receiver receiver = new Receiver();

	@Autowired
	private Api api;

	@Autowired
	private JsonMapper json;

	private World world;

	@BeforeEach
	void meet(@Autowired List<EventSubscriber> subscribers, @Autowired Transactions transactions,
			@Autowired SecretBox box, @Autowired JdbcClient jdbc, @Autowired DeliveryClock clock) {
		this.world = new World(subscribers, transactions, box, this.json, jdbc, clock);
	}

	@AfterEach
	void close() {
		this.receiver.close();
	}

	@Test
	void whatWasGivenUpIsSentAgainAndKeepsTheObligation() {
		String client = this.world.client();
		String endpoint = this.world.endpoint(client, this.receiver.url("/hook"));
		String delivered = deliver(client, endpoint);
		String givenUp = giveUp(client, endpoint, "EXHAUSTED");
		String skipped = giveUp(client, endpoint, "SKIPPED");
		int before = this.receiver.messages().size();
		String replay = start(endpoint, "undelivered");
		awaitDone(replay, 2);
		Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> "DELIVERED".equals(this.world.stateOf(givenUp, endpoint))
					&& "DELIVERED".equals(this.world.stateOf(skipped, endpoint)));
		assertThat(this.receiver.messages()).hasSize(before + 2);
		assertThat(this.world.isSatisfied(givenUp)).isTrue();
		assertThat(this.world.stateOf(delivered, endpoint)).isEqualTo("DELIVERED");
	}

	@Test
	void whatWasPromisedInThePastIsBestEffortNow() {
		String client = this.world.client();
		String endpoint = this.world.endpoint(client, this.receiver.url("/hook"));
		String givenUp = giveUp(client, endpoint, "EXHAUSTED");
		this.world.sql("UPDATE delivery SET due_at = started_at - INTERVAL 80 HOUR WHERE obligation_id = ?", givenUp);
		awaitDone(start(endpoint, "undelivered"), 1);
		Awaitility.await().atMost(PATIENCE).until(() -> "DELIVERED".equals(this.world.stateOf(givenUp, endpoint)));
		assertThat(
				this.world.count("SELECT COUNT(*) FROM delivery WHERE obligation_id = ? AND due_at IS NULL", givenUp))
			.isEqualTo(1);
	}

	@Test
	void allSendsWhatArrivedOnceMoreAndKeepsItsEvidence() {
		String client = this.world.client();
		String endpoint = this.world.endpoint(client, this.receiver.url("/hook"));
		String obligation = deliver(client, endpoint);
		for (int round = 2; round <= 3; round++) {
			awaitDone(start(endpoint, "all"), 1);
			int deliveries = round;
			Awaitility.await()
				.atMost(PATIENCE)
				.until(() -> this.world.count(
						"SELECT COUNT(*) FROM delivery WHERE obligation_id = ? AND state = 'DELIVERED' AND attempts = 1",
						obligation) == deliveries);
		}
		assertThat(this.receiver.messages()).extracting((message) -> message.header("webhook-id"))
			.hasSize(3)
			.containsOnly(this.receiver.messages().getFirst().header("webhook-id"));
	}

	@Test
	void onlyTheTimeThatIsAskedForIsReplayed() {
		String client = this.world.client();
		String endpoint = this.world.endpoint(client, this.receiver.url("/hook"));
		String early = giveUp(client, endpoint, "EXHAUSTED");
		this.world.sql("UPDATE delivery SET started_at = started_at - INTERVAL 2 DAY WHERE obligation_id = ?", early);
		String late = giveUp(client, endpoint, "EXHAUSTED");
		awaitDone(start(endpoint, "undelivered"), 1);
		Awaitility.await().atMost(PATIENCE).until(() -> "DELIVERED".equals(this.world.stateOf(late, endpoint)));
		assertThat(this.world.stateOf(early, endpoint)).isEqualTo("EXHAUSTED");
	}

	@Test
	void manyBatchesAreReplayedToTheLast() {
		String client = this.world.client();
		String endpoint = this.world.endpoint(client, this.receiver.url("/hook"));
		String first = giveUp(client, endpoint, "EXHAUSTED");
		for (int i = 0; i < 449; i++) {
			this.world.sql("""
					INSERT INTO delivery (delivery_id, obligation_id, client_id, notice_id, update_id, endpoint_id,
					  client_seq, fallback, state, started_at, earliest_due, attempts, rejected)
					SELECT ?, ?, client_id, ?, update_id, endpoint_id, client_seq, FALSE, 'EXHAUSTED', started_at,
					  earliest_due, 0, FALSE FROM delivery WHERE obligation_id = ?""", Ids.next("dlv"), Ids.next("obl"),
					Ids.next("not"), first);
		}
		awaitDone(start(endpoint, "undelivered"), 450);
		Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> this.world.count("SELECT COUNT(*) FROM delivery WHERE endpoint_id = ? AND state = 'DELIVERED'",
					endpoint) == 450);
	}

	@Test
	void oneReplayRunsForAnEndpointAtATime(@Autowired Transactions transactions) {
		String client = this.world.client();
		String endpoint = this.world.endpoint(client, this.receiver.url("/hook"));
		boolean refused = false;
		while (!refused) {
			String replay = Ids.next("rpl");
			this.world.sql(
					"""
							INSERT INTO replay (replay_id, endpoint_id, client_id, owed_since, owed_until, only_which, state,
							  reached, replayed, created_at) VALUES (?, ?, ?, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6), 'ALL', 'RUNNING',
							  '', 0, UTC_TIMESTAMP(6))""",
					replay, endpoint, client);
			// While it is locked nobody goes on with it, unless it was done before.
			refused = transactions
				.write(() -> this.world.count("SELECT state = 'RUNNING' FROM replay WHERE replay_id = ? FOR UPDATE",
						replay) == 1 && isRefused(endpoint));
		}
		awaitNoneRuns(endpoint);
		post(endpoint, body(Instant.now().minusSeconds(60), "all")).expectStatus().isAccepted();
	}

	private boolean isRefused(String endpoint) {
		post(endpoint, body(Instant.now().minusSeconds(60), "all")).expectStatus().isEqualTo(409);
		return true;
	}

	private void awaitNoneRuns(String endpoint) {
		Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> this.world.count("SELECT COUNT(*) FROM replay WHERE endpoint_id = ? AND state = 'RUNNING'",
					endpoint) == 0);
	}

	@Test
	void theSameKeyIsTheSameReplay() {
		String endpoint = this.world.endpoint(this.world.client(), this.receiver.url("/hook"));
		String body = body(Instant.now().minusSeconds(60), "undelivered");
		String key = UUID.randomUUID().toString();
		JsonNode first = accepted(post(endpoint, body, key));
		assertThat(accepted(post(endpoint, body, key))).isEqualTo(first);
		assertThat(this.world.count("SELECT COUNT(*) FROM replay WHERE endpoint_id = ?", endpoint)).isEqualTo(1);
	}

	@ParameterizedTest
	@CsvSource({ "PT0S, , 422", "P32D, , 422", "PT1H, P1D, 422" })
	void aTimeThatMakesNoSenseIsRefused(Duration since, Duration untilLater, int status) {
		String endpoint = this.world.endpoint(this.world.client(), this.receiver.url("/hook"));
		Instant now = Instant.now();
		Instant until = (untilLater != null) ? now.plus(untilLater) : now.minusSeconds(5);
		post(endpoint, "{\"since\":\"" + until.minus(since) + "\",\"until\":\"" + until + "\"}").expectStatus()
			.isEqualTo(status);
	}

	@Test
	void whatCannotBeSentToIsNotReplayed() {
		String client = this.world.client();
		String body = body(Instant.now().minusSeconds(60), "all");
		String paused = this.world.endpoint(Ids.next("end"), client, this.receiver.url("/hook"),
				EndpointUpserted.State.PAUSED);
		post(paused, body).expectStatus().isEqualTo(409);
		post("end_unknown", body).expectStatus().isNotFound();
		post(this.world.contact(client, "ada@bank.example"), body).expectStatus().isNotFound();
		this.api.provider().get().uri("/v1/replays/rpl_unknown").exchange().expectStatus().isNotFound();
	}

	private String deliver(String client, String endpoint) {
		String obligation = this.world
			.publish(Ids.next("not"), Duration.ofMinutes(5), Map.of(client, List.of(endpoint)))
			.owed()
			.getFirst()
			.obligationId();
		Awaitility.await().atMost(PATIENCE).until(() -> "DELIVERED".equals(this.world.stateOf(obligation, endpoint)));
		return obligation;
	}

	/** As if it had come to its end without success. */
	private String giveUp(String client, String endpoint, String state) {
		String obligation = deliver(client, endpoint);
		this.world.sql("UPDATE delivery SET state = ?, reason = 'given up' WHERE obligation_id = ?", state, obligation);
		this.world.sql("UPDATE obligation SET satisfied_at = NULL WHERE obligation_id = ?", obligation);
		return obligation;
	}

	private String start(String endpoint, String only) {
		return accepted(post(endpoint, body(Instant.now().minusSeconds(3600), only))).get("replayId").asString();
	}

	private void awaitDone(String replay, int replayed) {
		Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
			JsonNode view = read(this.api.provider().get().uri("/v1/replays/" + replay).exchange());
			assertThat(view.get("state").asString()).isEqualTo("DONE");
			assertThat(view.get("replayed").asInt()).isEqualTo(replayed);
		});
	}

	private static String body(Instant since, String only) {
		return "{\"since\":\"" + since + "\",\"only\":\"" + only + "\"}";
	}

	private RestTestClient.ResponseSpec post(String endpoint, String body) {
		return post(endpoint, body, UUID.randomUUID().toString());
	}

	private RestTestClient.ResponseSpec post(String endpoint, String body, String key) {
		return this.api.provider()
			.post()
			.uri("/v1/endpoints/" + endpoint + "/replays")
			.header("Idempotency-Key", key)
			.contentType(MediaType.APPLICATION_JSON)
			.body(body)
			.exchange();
	}

	private JsonNode accepted(RestTestClient.ResponseSpec answer) {
		return read(answer.expectStatus().isAccepted());
	}

	private JsonNode read(RestTestClient.ResponseSpec answer) {
		return this.json.readTree(answer.returnResult(byte[].class).getResponseBody());
	}

}
