package io.punctual.sla;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.punctual.shared.contract.AgreementTerms.Objective;
import io.punctual.shared.contract.ClientUpserted;
import io.punctual.shared.contract.DeliveriesFailing;
import io.punctual.shared.contract.DeliveriesSettled;
import io.punctual.shared.contract.NoticeCancelled;
import io.punctual.shared.id.Ids;
import io.punctual.testing.Api;
import io.punctual.testing.PunctualTest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Promises that somebody of the provider has to look at, until that is over.
 */
@PunctualTest
class EscalationTests {

	private static final FakeLogs LOGS = new FakeLogs();

	private static final JsonMapper JSON = new JsonMapper();

	@Autowired
	private Api api;

	@Autowired
	private JdbcClient jdbc;

	@DynamicPropertySource
	static void sources(DynamicPropertyRegistry registry) {
		LOGS.serve(registry);
	}

	@Test
	void aDeliveryThatFailsIsEscalatedAtItsRiskAndResolvedWhenItArrivesTooLate() {
		Said said = said(Map.of(Objective.DELIVERY, Duration.ofSeconds(20)));
		// At risk after 16 s: soon, and long enough before it is due.
		Instant published = publish(said, Instant.now().minusSeconds(14));
		LOGS.append("delivery", "deliveries.failing", said.endpointId(),
				said.failing(DeliveriesFailing.Side.RECIPIENT, published.plusMillis(5)));
		JsonNode opened = escalation(said, "OPEN");
		assertThat(opened.get("openedFor").asString()).isEqualTo("AT_RISK");
		assertThat(opened.get("reason").asString()).isEqualTo("Nothing has arrived: HTTP 500.");
		assertThat(opened.get("objective").asString()).isEqualTo("DELIVERY");
		assertThat(opened.get("dueAt").asString()).isEqualTo(clock(said, opened).get("dueAt").asString());
		Answers.await(() -> "BREACHED".equals(clock(said, opened).get("state").asString()));
		assertThat(list(said, null).size()).as("once for a clock").isEqualTo(1);
		Instant late = Instant.now();
		LOGS.append("delivery", "deliveries.settled", said.endpointId(),
				said.settled(DeliveriesSettled.Outcome.DELIVERED, late, late));
		JsonNode resolved = escalation(said, "RESOLVED");
		assertThat(resolved.get("escalationId")).isEqualTo(opened.get("escalationId"));
		assertThat(resolved.at("/resolved/note").asString()).endsWith("too late.");
		assertThat(resolved.at("/resolved").has("by")).isFalse();
		assertThat(said(said)).containsExactly("escalation.opened", "escalation.resolved");
		JsonNode news = event(said, "escalation.opened");
		assertThat(news.at("/items/0/escalationId")).isEqualTo(opened.get("escalationId"));
		assertThat(news.at("/items/0/clientName").asString()).isEqualTo("Acme");
	}

	@Test
	void whatIsPublishedInTimeAfterAllResolvesItsEscalation() {
		Said said = said(Map.of(Objective.FIRST_UPDATE, Duration.ofSeconds(10)));
		// 80 % of the time are gone already.
		LOGS.append("notices", "notice.detected", said.noticeId(), said.detected(Instant.now().minusMillis(7600)));
		assertThat(escalation(said, "OPEN").get("reason").asString()).isEqualTo("Nothing has been published yet.");
		publish(said);
		JsonNode resolved = escalation(said, "RESOLVED");
		assertThat(resolved.at("/resolved/note").asString())
			.isEqualTo(("MET".equals(clock(said, resolved).get("state").asString()))
					? "What was promised has happened in time." : "What was promised has happened, too late.");
	}

	@Test
	void aDraftThatIsGivenUpResolvesWhatWasAtRisk() {
		Said said = said(Map.of(Objective.FIRST_UPDATE, Duration.ofMinutes(60)));
		LOGS.append("notices", "notice.detected", said.noticeId(),
				said.detected(Instant.now().minus(Duration.ofMinutes(50))));
		escalation(said, "OPEN");
		LOGS.append("notices", "notice.cancelled", said.noticeId(),
				new NoticeCancelled(said.noticeId(), Instant.now(), "ada", null));
		assertThat(escalation(said, "RESOLVED").at("/resolved/note").asString()).isEqualTo("Nothing is owed any more.");
	}

	@Test
	void anAcknowledgementIsEscalatedOnlyWhenItIsMissed() {
		Said said = said(
				Map.of(Objective.DELIVERY, Duration.ofMinutes(5), Objective.ACKNOWLEDGEMENT, Duration.ofSeconds(2)));
		Instant published = publish(said);
		LOGS.append("delivery", "deliveries.settled", said.endpointId(),
				said.settled(DeliveriesSettled.Outcome.DELIVERED, published.plusMillis(5), published.plusMillis(5)));
		JsonNode opened = escalation(said, "OPEN");
		assertThat(opened.get("objective").asString()).isEqualTo("ACKNOWLEDGEMENT");
		assertThat(opened.get("openedFor").asString()).isEqualTo("BREACHED");
		assertThat(opened.get("reason").asString()).isEqualTo("Nobody has acknowledged it.");
	}

	@Test
	void whatIsKeptAndWhoeverOnlyWatchesAreNotEscalated() {
		Said kept = said(Map.of(Objective.DELIVERY, Duration.ofMinutes(5)));
		Instant published = publish(kept);
		LOGS.append("delivery", "deliveries.settled", kept.endpointId(),
				kept.settled(DeliveriesSettled.Outcome.DELIVERED, published.plusMillis(5), published.plusMillis(5)));
		Said canary = Said.with(Map.of(Objective.DELIVERY, Duration.ofSeconds(2)), false);
		LOGS.append("clients", "client.upserted", canary.clientId(),
				new ClientUpserted(canary.clientId(), canary.clientId(), "Canary", ClientUpserted.State.ACTIVE, true));
		Answers.await(() -> this.jdbc.sql("SELECT COUNT(*) FROM client WHERE client_id = ?")
			.param(canary.clientId())
			.query(Long.class)
			.single() > 0);
		publish(canary);
		for (Said said : List.of(kept, canary)) {
			Answers.await(() -> !get(
					"/v1/clocks?client=" + said.clientId() + "&state=" + ((said == kept) ? "MET" : "BREACHED"))
				.get("items")
				.isEmpty());
			assertThat(list(said, null).isEmpty()).isTrue();
		}
	}

	@Test
	void somebodyAcknowledgesAndResolvesIt() {
		Said said = said(Map.of(Objective.DELIVERY, Duration.ofSeconds(2)));
		publish(said);
		String path = "/v1/escalations/" + escalation(said, "OPEN").get("escalationId").asString();
		String tag = tag(path);
		this.api.provider()
			.get()
			.uri(path)
			.header(HttpHeaders.IF_NONE_MATCH, tag)
			.exchange()
			.expectStatus()
			.isNotModified();
		JsonNode acknowledged = post(path + "/acknowledge", null, tag, 200);
		assertThat(acknowledged.get("state").asString()).isEqualTo("ACKNOWLEDGED");
		assertThat(acknowledged.at("/acknowledged/by").asString()).isNotEmpty();
		assertThat(acknowledged.at("/acknowledged").has("note")).isFalse();
		assertThat(post(path + "/resolve", Map.of("note", "Done"), tag, 412).get("currentETag").asString())
			.isEqualTo(tag(path));
		JsonNode again = post(path + "/acknowledge", Map.of("note", "Me, too"), null, 409);
		assertThat(again.get("type").asString()).endsWith("/illegal-transition");
		assertThat(again.get("allowed").toString()).isEqualTo("[\"RESOLVED\"]");
		post(path + "/resolve", Map.of("note", " "), null, 422);
		post(path + "/resolve", Map.of("note", "x".repeat(1001)), null, 422);
		JsonNode resolved = post(path + "/resolve", Map.of("note", "Replayed"), tag(path), 200);
		assertThat(resolved.at("/resolved/note").asString()).isEqualTo("Replayed");
		assertThat(post(path + "/acknowledge", null, null, 409).get("allowed").isEmpty()).isTrue();
		post(path + "/resolve", Map.of("note", "Again"), null, 409);
		assertThat(said(said)).containsExactly("escalation.opened", "escalation.acknowledged", "escalation.resolved");
		assertThat(event(said, "escalation.resolved").get("note").asString()).isEqualTo("Replayed");
		Answers.await(() -> "BREACHED".equals(clock(said, resolved).get("state").asString()));
		assertThat(list(said, "OPEN").isEmpty()).as("once for a clock").isTrue();
	}

	@Test
	void pagesByKeyAndShowsThemToTheProviderOnly() {
		Said said = said(
				Map.of(Objective.DELIVERY, Duration.ofSeconds(2), Objective.PERIODIC_UPDATE, Duration.ofSeconds(2)));
		publish(said);
		Answers.await(() -> list(said, "OPEN").size() == 2);
		String path = "/v1/escalations?client=" + said.clientId() + "&notice=" + said.noticeId() + "&limit=1";
		JsonNode first = get(path);
		JsonNode second = get(path + "&cursor=" + first.get("next").asString());
		assertThat(first.at("/items/0/escalationId").asString())
			.isGreaterThan(second.at("/items/0/escalationId").asString());
		assertThat(second.has("next")).isFalse();
		assertThat(get(path + "&objective=DELIVERY").at("/items/0/objective").asString()).isEqualTo("DELIVERY");
		for (String wrong : List.of(path + "&cursor=forged", path + "&state=CLOSED", "/v1/escalations?limit=201")) {
			this.api.provider().get().uri(wrong).exchange().expectStatus().isEqualTo(422);
		}
		String one = "/v1/escalations/" + first.at("/items/0/escalationId").asString();
		String none = "/v1/escalations/" + Ids.next("esc");
		this.api.provider().get().uri(none).exchange().expectStatus().isNotFound();
		post(none + "/acknowledge", null, null, 404);
		this.api.knowCredential("oauth-" + said.clientId(), said.clientId());
		RestTestClient client = this.api.client("oauth-" + said.clientId());
		for (String hidden : List.of(one, "/v1/escalations")) {
			client.get().uri(hidden).exchange().expectStatus().isForbidden();
		}
		this.api.providerReader().post().uri(one + "/acknowledge").exchange().expectStatus().isForbidden();
		this.api.providerReader().get().uri(one).exchange().expectStatus().isOk();
	}

	private Said said(Map<Objective, Duration> targets) {
		Said said = Said.with(targets, false);
		LOGS.append("clients", "client.upserted", said.clientId(), said.client(ClientUpserted.State.ACTIVE));
		Answers.await(() -> this.jdbc.sql("SELECT COUNT(*) FROM client WHERE client_id = ?")
			.param(said.clientId())
			.query(Long.class)
			.single() > 0);
		return said;
	}

	private static Instant publish(Said said) {
		return publish(said, Instant.now());
	}

	private static Instant publish(Said said, Instant at) {
		LOGS.append("notices", "update.published", said.noticeId(), said.published(at));
		LOGS.append("notices", "update.owed", said.noticeId(), said.owed(at));
		return at;
	}

	private JsonNode escalation(Said said, String state) {
		Answers.await(() -> !list(said, state).isEmpty());
		return list(said, state).get(0);
	}

	private JsonNode list(Said said, @Nullable String state) {
		return get("/v1/escalations?client=" + said.clientId() + ((state != null) ? "&state=" + state : ""))
			.get("items");
	}

	private JsonNode clock(Said said, JsonNode escalation) {
		assertThat(escalation.get("clientId").asString()).isEqualTo(said.clientId());
		return get("/v1/clocks/" + escalation.get("clockId").asString());
	}

	/** What the log says of the notice's escalations, in order. */
	private List<String> said(Said said) {
		return this.jdbc
			.sql("SELECT type FROM event_log WHERE subject = ? AND type LIKE 'escalation.%' ORDER BY position")
			.param(said.noticeId())
			.query((row, number) -> row.getString(1))
			.list();
	}

	private JsonNode event(Said said, String type) {
		return JSON.readTree(this.jdbc.sql("SELECT data FROM event_log WHERE subject = ? AND type = ?")
			.params(said.noticeId(), type)
			.query((row, number) -> row.getString(1))
			.single());
	}

	private JsonNode post(String path, @Nullable Object body, @Nullable String ifMatch, int status) {
		RestTestClient.RequestBodySpec request = this.api.provider().post().uri(path);
		if (ifMatch != null) {
			request.header(HttpHeaders.IF_MATCH, ifMatch);
		}
		if (body != null) {
			request.contentType(MediaType.APPLICATION_JSON).body(body);
		}
		return Answers.of(request, status);
	}

	private String tag(String path) {
		return String
			.valueOf(this.api.provider().get().uri(path).exchange().returnResult().getResponseHeaders().getETag());
	}

	private JsonNode get(String path) {
		return Answers.get(this.api.provider(), path);
	}

}
