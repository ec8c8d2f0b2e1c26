package io.punctual.sla.statement;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

import io.punctual.shared.id.Ids;
import io.punctual.sla.Answers;
import io.punctual.sla.FakeLogs;
import io.punctual.sla.Said;
import io.punctual.testing.Api;
import io.punctual.testing.PunctualTest;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Months from their promises to a statement that somebody verifies without us.
 */
@PunctualTest(properties = "punctual.statements.look=-")
class StatementTests {

	private static final FakeLogs LOGS = new FakeLogs();

	@Autowired
	private Api api;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private MonthEnd monthEnd;

	private KeptStatements kept;

	@DynamicPropertySource
	static void sources(DynamicPropertyRegistry registry) {
		LOGS.serve(registry);
		Path keys = Story.keyFile();
		registry.add("punctual.secrets.key-file", keys::toString);
	}

	@BeforeEach
	void keep(@TempDir Path folder) {
		this.kept = new KeptStatements(this.api, folder);
	}

	@Test
	void aMonthIsStatedSoThatAnybodyCanRecomputeIt() throws IOException {
		Said said = Story.kept(LOGS, this.jdbc);
		JsonNode closed = this.kept.close(said, Story.MONTH.toString(), 201);
		JsonNode statement = Answers.get(this.api.provider(), "/v1/statements/" + closed.get("statementId").asString());
		assertThat(statement.at("/document/number").asInt()).isEqualTo(1);
		assertThat(statement.at("/document/previousHash").asString()).isEqualTo("0".repeat(64));
		assertThat(statement.at("/document/objectives/0/met").asInt()).isEqualTo(1);
		assertThat(statement.at("/document/objectives/0/adherence").asString()).isEqualTo("1.0000");
		assertThat(statement.at("/document/clocks/0/elapsedMillis").asInt()).isEqualTo(1250);
		assertThat(statement.get("hash")).isEqualTo(closed.get("hash"));
		assertThat(this.kept.verify(List.of(statement))).isZero();
		assertThat(this.kept.verify(List.of(changed(statement, "1250", "1249")))).isEqualTo(1);
		assertThat(this.kept.verify(List.of(changed(statement, "\"Gold\"", "\"Lead\"")))).isEqualTo(1);
		assertThat(this.kept.verify(List.of(changed(statement, statement.get("signature").asString(), "AAAA"))))
			.isEqualTo(1);
		assertThat(this.kept.close(said, Story.MONTH.toString(), 200)).isEqualTo(closed);
		Long told = this.jdbc.sql("SELECT COUNT(*) FROM event_log WHERE type = 'statement.closed' AND subject = ?")
			.param(closed.get("statementId").asString())
			.query(Long.class)
			.single();
		assertThat(told).isEqualTo(1);
	}

	@Test
	void monthsCloseByThemselvesInAChain() throws IOException {
		Said said = Story.missed(LOGS, this.jdbc);
		this.monthEnd.closeAll();
		this.monthEnd.closeAll();
		List<JsonNode> chain = this.kept.of(said);
		assertThat(chain).hasSizeGreaterThanOrEqualTo(3);
		for (int i = 0; i < chain.size(); i++) {
			assertThat(chain.get(i).at("/document/period").asString()).isEqualTo(Story.MONTH.plusMonths(i).toString());
		}
		assertThat(chain.getFirst().at("/document/objectives/0/missed").asInt()).isEqualTo(1);
		assertThat(chain.getFirst().at("/document/clocks/0/attribution").asString()).isEqualTo("PROVIDER");
		assertThat(chain.get(1).at("/document/clocks").isEmpty()).isTrue();
		assertThat(this.kept.verify(chain)).isZero();
		assertThat(this.kept.verify(List.of(chain.get(1), chain.get(2)))).isZero();
		assertThat(this.kept.verify(List.of(chain.get(0), chain.get(2)))).isEqualTo(1);
	}

	@Test
	void whatBecomesKnownLaterIsAnAdjustmentOfTheNextMonth() throws IOException {
		Said said = Story.missed(LOGS, this.jdbc);
		JsonNode first = this.kept.close(said, Story.MONTH.toString(), 201);
		Story.settle(LOGS, said, Story.PUBLISHED.plus(Duration.ofMinutes(6)));
		Awaitility.await()
			.atMost(Duration.ofSeconds(60))
			.until(() -> this.jdbc.sql("SELECT COUNT(*) FROM clock WHERE client_id = ? AND stopped_at IS NOT NULL")
				.param(said.clientId())
				.query(Long.class)
				.single() == 1);
		this.monthEnd.closeAll();
		List<JsonNode> chain = this.kept.of(said);
		assertThat(chain.getFirst().get("hash")).isEqualTo(first.get("hash"));
		JsonNode adjustment = chain.get(1).at("/document/adjustments/0");
		assertThat(adjustment.at("/before/number").asInt()).isEqualTo(1);
		assertThat(adjustment.at("/before").has("stoppedAt")).isFalse();
		assertThat(adjustment.at("/clock/elapsedMillis").asInt()).isEqualTo(360_000);
		assertThat(adjustment.at("/clock/result").asString()).isEqualTo("MISSED");
		assertThat(chain.get(2).at("/document/adjustments").isEmpty()).as("said once").isTrue();
		assertThat(this.kept.verify(chain)).isZero();
	}

	@Test
	void aMonthThatIsNotOverOrNotJudgedStaysOpen() {
		Said said = Story.kept(LOGS, this.jdbc);
		JsonNode running = this.kept.close(said, YearMonth.now(ZoneOffset.UTC).toString(), 409);
		assertThat(running.get("type").asString()).endsWith("/period-open");
		assertThat(running.get("waitsFor").toString()).contains("The log of delivery is complete up to");
		assertThat(this.kept.close(said, "+999999999-12", 422).at("/errors/0/field").asString()).isEqualTo("/period");
		assertThat(this.kept.close(said, "1000-01", 422).at("/errors/0/field").asString()).isEqualTo("/period");
		this.jdbc.sql("UPDATE clock SET state = 'RUNNING', next_at = NULL WHERE client_id = ?")
			.param(said.clientId())
			.update();
		assertThat(this.kept.close(said, Story.MONTH.toString(), 409).get("waitsFor").toString()).contains("1 clocks");
		this.monthEnd.closeAll();
		assertThat(this.kept.of(said)).isEmpty();
		this.jdbc.sql("UPDATE clock SET state = 'MET' WHERE client_id = ?").param(said.clientId()).update();
		this.kept.close(said, Story.MONTH.toString(), 201);
	}

	@Test
	void exercisesAndWhoeverOnlyWatchesAreLeftOut() {
		Said drill = Story.kept(LOGS, this.jdbc);
		this.jdbc.sql("UPDATE clock SET drill = TRUE WHERE client_id = ?").param(drill.clientId()).update();
		Said canary = Story.kept(LOGS, this.jdbc);
		LOGS.append("clients", "client.upserted", canary.clientId(), Map.of("clientId", canary.clientId(), "externalId",
				"canary", "name", "Canary", "state", "ACTIVE", "synthetic", true));
		Awaitility.await()
			.atMost(Duration.ofSeconds(60))
			.until(() -> this.jdbc.sql("SELECT synthetic FROM client WHERE client_id = ?")
				.param(canary.clientId())
				.query(Boolean.class)
				.single());
		this.monthEnd.closeAll();
		assertThat(this.kept.of(drill)).isEmpty();
		assertThat(this.kept.of(canary)).isEmpty();
		this.kept.close(drill, Story.MONTH.toString(), 422);
		assertThat(this.kept.close(canary, Story.MONTH.toString(), 409).get("type").asString()).endsWith("/conflict");
	}

	@Test
	void aClientSeesItsOwnOnly() {
		Said mine = Story.kept(LOGS, this.jdbc);
		Said other = Story.kept(LOGS, this.jdbc);
		this.monthEnd.closeAll();
		this.api.knowCredential("oauth-" + mine.clientId(), mine.clientId());
		RestTestClient client = this.api.client("oauth-" + mine.clientId());
		JsonNode page = Answers.get(client, "/v1/clients/" + mine.clientId() + "/statements?limit=1");
		JsonNode next = Answers.get(client,
				"/v1/clients/" + mine.clientId() + "/statements?limit=1&cursor=" + page.get("next").asString());
		assertThat(next.at("/items/0/number").asInt()).isEqualTo(page.at("/items/0/number").asInt() - 1);
		String path = "/v1/statements/" + page.at("/items/0/statementId").asString();
		String tag = client.get()
			.uri(path)
			.exchange()
			.expectStatus()
			.isOk()
			.returnResult()
			.getResponseHeaders()
			.getETag();
		client.get()
			.uri(path)
			.header(HttpHeaders.IF_NONE_MATCH, String.valueOf(tag))
			.exchange()
			.expectStatus()
			.isNotModified();
		assertThat(Answers.get(client, "/v1/statement-keys").get("items").isEmpty()).isFalse();
		String foreign = this.kept.of(other).getFirst().get("statementId").asString();
		for (String hidden : List.of("/v1/statements/" + foreign, "/v1/statements/" + Ids.next("stm"),
				"/v1/clients/" + other.clientId() + "/statements", "/v1/clients/" + Ids.next("cli") + "/statements")) {
			client.get().uri(hidden).exchange().expectStatus().isNotFound();
		}
		assertThat(post(client, mine.clientId(), "{\"period\":\"2026-01\"}", Ids.next("key"))).isEqualTo(403);
	}

	@Test
	void refusesWhatIsWrong() {
		Said said = Story.kept(LOGS, this.jdbc);
		RestTestClient provider = this.api.provider();
		assertThat(post(provider, said.clientId(), "{\"period\":\"September\"}", Ids.next("key"))).isEqualTo(422);
		assertThat(post(provider, said.clientId(), "{}", Ids.next("key"))).isEqualTo(422);
		assertThat(
				post(provider, said.clientId(), "{\"period\":\"" + Story.MONTH.minusMonths(1) + "\"}", Ids.next("key")))
			.as("before anything was promised")
			.isEqualTo(422);
		assertThat(post(provider, Ids.next("cli"), "{\"period\":\"2026-01\"}", Ids.next("key"))).isEqualTo(404);
		assertThat(post(provider, said.clientId(), "{\"period\":\"2026-01\"}", null)).isEqualTo(400);
		provider.get()
			.uri("/v1/clients/" + said.clientId() + "/statements?cursor=forged")
			.exchange()
			.expectStatus()
			.isEqualTo(422);
	}

	private static JsonNode changed(JsonNode statement, String from, String to) {
		String text = KeptStatements.JSON.writeValueAsString(statement);
		assertThat(text).contains(from);
		return KeptStatements.JSON.readTree(text.replace(from, to));
	}

	private static int post(RestTestClient caller, String clientId, String body, @Nullable String key) {
		return caller.post().uri("/v1/clients/" + clientId + "/statements").headers((headers) -> {
			if (key != null) {
				headers.set("Idempotency-Key", key);
			}
		}).contentType(MediaType.APPLICATION_JSON).body(body).exchange().returnResult().getStatus().value();
	}

}
