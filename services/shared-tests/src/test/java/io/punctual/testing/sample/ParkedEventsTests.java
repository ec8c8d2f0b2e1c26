package io.punctual.testing.sample;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a person does about events that could not be applied.
 */
class ParkedEventsTests extends SampleTest {

	private static final String GOOD = """
			{"credentialId":"crd_1","oauthClientId":"parked","clientId":"cli_1","state":"%s"}""";

	@BeforeEach
	void nothingIsParked() {
		this.jdbc.sql("DELETE FROM inbox_parked").update();
		this.jdbc.sql("DELETE FROM caller_credential WHERE oauth_client_id = 'parked'").update();
	}

	@Test
	void areShownWithTheReasonButNotWithWhatTheySay() {
		park(7, "crd_1", "{}", "no such field");
		park(9, "crd_2", GOOD.formatted("ACTIVE"), "");
		JsonNode items = body(get("/internal/parked-events")).get("items");
		assertThat(items.valueStream().map((item) -> item.get("eventId").asString())).containsExactly("E-7", "E-9");
		JsonNode first = items.get(0);
		assertThat(first.get("source").asString()).isEqualTo("clients");
		assertThat(first.get("subject").asString()).isEqualTo("crd_1");
		assertThat(first.get("type").asString()).isEqualTo("credential.upserted");
		assertThat(first.get("position").asLong()).isEqualTo(7);
		assertThat(first.get("reason").asString()).isEqualTo("no such field");
		assertThat(first.get("parkedAt").asString()).isEqualTo("2026-09-01T08:00:00Z");
		assertThat(items.toString()).doesNotContain("oauthClientId");
	}

	@Test
	void areAppliedInOrderWithAllOfTheirSubject() {
		park(7, "crd_1", GOOD.formatted("ACTIVE"), "poison");
		park(8, "crd_1", GOOD.formatted("REVOKED"), "");
		park(9, "crd_2", GOOD.formatted("ACTIVE"), "");
		JsonNode done = body(post("/internal/parked-events/E-8/replay"));
		assertThat(done.get("replayed").asInt()).isEqualTo(2);
		assertThat(done.get("subject").asString()).isEqualTo("crd_1");
		assertThat(state()).isEqualTo("REVOKED");
		assertThat(left()).isEqualTo(1);
	}

	@Test
	void stayAsTheyAreIfTheyStillCannotBeApplied() {
		park(7, "crd_1", GOOD.formatted("ACTIVE"), "poison");
		park(8, "crd_1", "{\"state\":\"UNHEARD_OF\"}", "");
		problem(post("/internal/parked-events/E-7/replay"), 409, "conflict");
		assertThat(left()).isEqualTo(2);
		assertThat(this.jdbc.sql("SELECT COUNT(*) FROM caller_credential WHERE oauth_client_id = 'parked'")
			.query(Integer.class)
			.single()).isZero();
	}

	@Test
	void areGivenUpOnlyWhereAPersonSaysSo() {
		park(7, "crd_1", "{}", "poison");
		park(8, "crd_2", "{}", "poison");
		assertThat(body(post("/internal/parked-events/E-7/discard")).get("discarded").asInt()).isEqualTo(1);
		assertThat(left()).isEqualTo(1);
	}

	@Test
	void areNobodysBusinessButTheServices() {
		park(7, "crd_1", GOOD.formatted("ACTIVE"), "poison");
		problem(this.api.provider().get().uri("/internal/parked-events").exchange(), 403, "forbidden");
		problem(this.api.provider().post().uri("/internal/parked-events/E-7/replay").exchange(), 403, "forbidden");
		problem(post("/internal/parked-events/E-99/replay"), 404, "not-found");
		problem(post("/internal/parked-events/E-99/discard"), 404, "not-found");
		assertThat(left()).isEqualTo(1);
	}

	private void park(long position, String subject, String data, String reason) {
		this.jdbc.sql("""
				INSERT INTO inbox_parked (source, position, event_id, type, subject, time, correlation_id, data, reason,
				  parked_at)
				VALUES ('clients', ?, ?, 'credential.upserted', ?, '2026-09-01 07:00:00', 'cor_1', ?, ?,
				  '2026-09-01 08:00:00')""").params(position, "E-" + position, subject, data, reason).update();
	}

	private int left() {
		return this.jdbc.sql("SELECT COUNT(*) FROM inbox_parked").query(Integer.class).single();
	}

	private String state() {
		return text(this.jdbc.sql("SELECT state FROM caller_credential WHERE oauth_client_id = 'parked'")
			.query(String.class)
			.single());
	}

	private RestTestClient.ResponseSpec get(String path) {
		return this.api.internal().get().uri(path).exchange();
	}

	private RestTestClient.ResponseSpec post(String path) {
		return this.api.internal().post().uri(path).exchange();
	}

	private static JsonNode body(RestTestClient.ResponseSpec answer) {
		return JsonMapper.shared()
			.readTree(text(answer.expectStatus().isOk().expectBody(String.class).returnResult().getResponseBody()));
	}

}
