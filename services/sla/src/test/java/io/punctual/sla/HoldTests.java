package io.punctual.sla;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import io.punctual.shared.contract.AgreementTerms.Objective;
import io.punctual.shared.contract.ClientUpserted;
import io.punctual.shared.contract.DeliveriesSettled;
import io.punctual.shared.contract.NoticeCancelled;
import io.punctual.shared.id.Ids;
import io.punctual.testing.Api;
import io.punctual.testing.PunctualTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clocks that stand still because somebody said so.
 */
@PunctualTest
class HoldTests {

	private static final FakeLogs LOGS = new FakeLogs();

	private static final JsonMapper JSON = new JsonMapper();

	private static final String REASON = "Waits for the client's approval";

	@Autowired
	private Api api;

	@Autowired
	private JdbcClient jdbc;

	private MovedClocks moved;

	@DynamicPropertySource
	static void sources(DynamicPropertyRegistry registry) {
		LOGS.serve(registry);
	}

	@BeforeEach
	void moveClocks() {
		this.moved = new MovedClocks(this.jdbc);
	}

	@Test
	void aClockThatIsHeldIsNotJudgedAndComesDueLaterByTheTimeHeld() {
		Said said = published(Duration.ofHours(1));
		String clock = clock(said);
		String before = etag(clock);
		JsonNode hold = hold(clock, 201);
		assertThat(hold.get("reason").asString()).isEqualTo(REASON);
		assertThat(get(clock).get("heldSince")).isEqualTo(hold.get("from"));
		assertThat(get(clock).at("/holds/0/holdId")).isEqualTo(hold.get("holdId"));
		assertThat(etag(clock)).isNotEqualTo(before);
		String other = clock(published(Duration.ofHours(1)));
		this.moved.passes(Duration.ofHours(1), clock, other);
		Instant due = instant(get(clock), "dueAt");
		Answers.await(() -> "BREACHED".equals(get(other).get("state").asString()));
		assertThat(get(clock).get("state").asString()).as("due before the other one, were it not held")
			.isEqualTo("RUNNING");
		assertThat(get(clock).get("evidencePending").asBoolean()).isFalse();
		runOn(clock, 204);
		JsonNode ended = get(clock).at("/holds/0");
		Duration held = Duration.between(instant(ended, "from"), instant(ended, "until"));
		assertThat(instant(get(clock), "dueAt")).isEqualTo(due.plus(held));
		assertThat(instant(get(clock), "atRiskAt")).isEqualTo(due.plus(held).minus(Duration.ofMinutes(12)));
		assertThat(ended.get("endedBy")).isEqualTo(ended.get("by"));
		Instant delivered = instant(ended, "until").plusMillis(5);
		settle(said, delivered);
		Answers.await(() -> "MET".equals(get(clock).get("state").asString()));
		JsonNode proof = get(clock + "/proof");
		assertThat(proof.at("/holds")).isEqualTo(get(clock).get("holds"));
		assertThat(proof.at("/due/at")).isEqualTo(proof.at("/clock/dueAt"));
		Duration whole = Duration.between(instant(proof.get("start"), "at"), delivered);
		assertThat(proof.at("/elapsed/workingMillis").asLong()).isEqualTo(whole.toMillis());
		assertThat(proof.at("/elapsed/heldMillis").asLong()).isEqualTo(held.toMillis());
		assertThat(proof.at("/elapsed/elapsedMillis").asLong()).isEqualTo(whole.minus(held).toMillis());
	}

	@Test
	void aClockThatRunsOnIsBreachedAtItsNewDue() {
		String clock = clock(published(Duration.ofHours(1)));
		hold(clock, 201);
		runOn(clock, 204);
		hold(clock, 201);
		runOn(clock, 204);
		this.moved.passes(Duration.ofHours(1), clock);
		Answers.await(() -> "BREACHED".equals(get(clock).get("state").asString()));
		JsonNode proof = get(clock + "/proof");
		assertThat(proof.at("/holds").size()).isEqualTo(2);
		assertThat(proof.at("/verdicts/1/at")).isEqualTo(proof.at("/clock/dueAt"));
		assertThat(proof.at("/due/at")).isEqualTo(proof.at("/clock/dueAt"));
	}

	@Test
	void whatHappensMeanwhileEndsTheHold() {
		Said said = published(Duration.ofSeconds(30));
		String clock = clock(said);
		Instant from = instant(hold(clock, 201), "from");
		settle(said, from.plusMillis(40));
		Answers.await(() -> "MET".equals(get(clock).get("state").asString()));
		JsonNode hold = get(clock).at("/holds/0");
		assertThat(instant(hold, "until")).isEqualTo(from.plusMillis(40));
		assertThat(hold.has("endedBy")).isFalse();
		assertThat(get(clock + "/proof").at("/elapsed/heldMillis").asInt()).isEqualTo(40);
		runOn(clock, 404);
		assertThat(get(clock).get("state").asString()).isEqualTo("MET");
	}

	@Test
	void whatHappenedBeforeAndIsReadLaterMakesItNothing() {
		Said said = published(Duration.ofSeconds(30));
		String clock = clock(said);
		Instant start = instant(get(clock), "startedAt");
		hold(clock, 201);
		settle(said, start.plusMillis(1));
		Answers.await(() -> "MET".equals(get(clock).get("state").asString()));
		JsonNode hold = get(clock).at("/holds/0");
		assertThat(hold.get("until")).isEqualTo(hold.get("from"));
		assertThat(get(clock + "/proof").at("/elapsed/elapsedMillis").asInt()).isEqualTo(1);
		assertThat(instant(get(clock), "dueAt")).isEqualTo(start.plusSeconds(30));
	}

	@Test
	void aDraftThatIsGivenUpVoidsAlsoAClockThatIsHeld() {
		Said said = Said.with(Map.of(Objective.FIRST_UPDATE, Duration.ofMinutes(5)), false);
		LOGS.append("clients", "client.upserted", said.clientId(), said.client(ClientUpserted.State.ACTIVE));
		LOGS.append("notices", "notice.detected", said.noticeId(), said.detected(Instant.now()));
		String clock = clock(said);
		hold(clock, 201);
		LOGS.append("notices", "notice.cancelled", said.noticeId(),
				new NoticeCancelled(said.noticeId(), Instant.now(), "ada", null));
		Answers.await(() -> "VOID".equals(get(clock).get("state").asString()));
		assertThat(get(clock).has("heldSince")).isFalse();
		assertThat(get(clock).at("/holds/0").has("until")).isTrue();
		runOn(clock, 404);
	}

	@Test
	void aHoldBeginsBeforeTheDueInstantOrIsRefusedWhoeverComesFirst() throws Exception {
		List<Said> all = Stream.generate(() -> published(Duration.ofHours(1))).limit(24).toList();
		List<String> clocks = all.stream().map(this::clock).toList();
		Instant due = Instant.now().plusSeconds(3).truncatedTo(ChronoUnit.MILLIS);
		this.moved.comeDue(due, clocks.subList(1, clocks.size()));
		// However busy the machine is, this one can be held.
		Instant later = due.plusSeconds(3600);
		this.moved.comeDue(later, clocks.subList(0, 1));
		List<Callable<Integer>> attempts = new ArrayList<>();
		for (int i = 0; i < clocks.size(); i++) {
			String clock = clocks.get(i);
			// From long before due to 1.4 s after it: in between the verdict is found.
			Instant at = due.plusMillis(170L * i - 2500);
			attempts.add(() -> {
				Thread.sleep(Math.max(0, Duration.between(Instant.now(), at).toMillis()));
				return post(this.api.provider(), clock, REASON).expectBody().returnResult().getStatus().value();
			});
		}
		List<Integer> answers = new ArrayList<>();
		try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
			for (Future<Integer> answer : threads.invokeAll(attempts)) {
				answers.add(answer.get());
			}
		}
		assertThat(answers).containsOnly(201, 409).contains(201, 409);
		for (int i = 0; i < clocks.size(); i++) {
			String clock = clocks.get(i);
			if (answers.get(i) == 201) {
				assertThat(get(clock).get("state").asString()).isEqualTo("AT_RISK");
				assertThat(instant(get(clock), "heldSince")).isBefore((i > 0) ? due : later);
			}
			else {
				Answers.await(() -> "BREACHED".equals(get(clock).get("state").asString()));
				assertThat(get(clock).get("holds").isEmpty()).isTrue();
			}
		}
	}

	@Test
	void refusesWhatIsWrong() {
		Said said = published(Duration.ofMinutes(5));
		String clock = clock(said);
		runOn(clock, 404);
		hold(clock, 201);
		assertThat(hold(clock, 409).get("type").asString()).endsWith("/conflict");
		runOn(clock, 204);
		settle(said, Instant.now());
		Answers.await(() -> "MET".equals(get(clock).get("state").asString()));
		JsonNode settled = hold(clock, 409);
		assertThat(settled.get("type").asString()).endsWith("/illegal-transition");
		assertThat(settled.get("allowed").isEmpty()).isTrue();
		RestTestClient provider = this.api.provider();
		post(provider, "/v1/clocks/" + Ids.next("clk"), REASON).expectStatus().isNotFound();
		provider.delete().uri("/v1/clocks/" + Ids.next("clk") + "/holds").exchange().expectStatus().isNotFound();
		for (String wrong : List.of("", "  ", "x".repeat(501))) {
			post(provider, clock, wrong).expectStatus().isEqualTo(422);
		}
		this.api.knowCredential("oauth-" + said.clientId(), said.clientId());
		for (RestTestClient caller : List.of(this.api.client("oauth-" + said.clientId()), this.api.providerReader())) {
			post(caller, clock, REASON).expectStatus().isForbidden();
			caller.delete().uri(clock + "/holds").exchange().expectStatus().isForbidden();
		}
		for (String seen : List.of(clock, clock + "/proof")) {
			JsonNode hold = Answers.get(this.api.client("oauth-" + said.clientId()), seen).at("/holds/0");
			assertThat(hold.get("reason").asString()).isEqualTo(REASON);
			assertThat(hold.has("by") || hold.has("endedBy")).as("who it was").isFalse();
			assertThat(Answers.get(provider, seen).at("/holds/0/by").asString()).isNotEmpty();
		}
	}

	private Said published(Duration target) {
		Said said = Said.with(Map.of(Objective.DELIVERY, target), false);
		LOGS.append("clients", "client.upserted", said.clientId(), said.client(ClientUpserted.State.ACTIVE));
		publish(said, Instant.now());
		return said;
	}

	private static void publish(Said said, Instant at) {
		LOGS.append("notices", "update.published", said.noticeId(), said.published(at));
		LOGS.append("notices", "update.owed", said.noticeId(), said.owed(at));
	}

	private static void settle(Said said, Instant at) {
		LOGS.append("delivery", "deliveries.settled", said.endpointId(),
				said.settled(DeliveriesSettled.Outcome.DELIVERED, at, at));
	}

	/** The path of the client's only clock. */
	private String clock(Said said) {
		String path = "/v1/clocks?client=" + said.clientId();
		Answers.await(() -> !get(path).get("items").isEmpty()
				&& this.jdbc.sql("SELECT COUNT(*) FROM client WHERE client_id = ?")
					.param(said.clientId())
					.query(Long.class)
					.single() > 0);
		return "/v1/clocks/" + get(path).at("/items/0/clockId").asString();
	}

	private JsonNode hold(String clock, int status) {
		return JSON.readTree(post(this.api.provider(), clock, REASON).expectStatus()
			.isEqualTo(status)
			.expectBody()
			.returnResult()
			.getResponseBody());
	}

	private static RestTestClient.ResponseSpec post(RestTestClient caller, String clock, String reason) {
		return caller.post()
			.uri(clock + "/holds")
			.contentType(MediaType.APPLICATION_JSON)
			.body(Map.of("reason", reason))
			.exchange();
	}

	private void runOn(String clock, int status) {
		this.api.provider().delete().uri(clock + "/holds").exchange().expectStatus().isEqualTo(status);
	}

	private String etag(String path) {
		return Objects.requireNonNull(
				this.api.provider().get().uri(path).exchange().returnResult().getResponseHeaders().getETag());
	}

	private JsonNode get(String path) {
		return Answers.get(this.api.provider(), path);
	}

	private static Instant instant(JsonNode node, String field) {
		return Instant.parse(node.get(field).asString());
	}

}
