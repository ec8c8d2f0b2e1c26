package io.punctual.sla.statement;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

import io.punctual.shared.id.Ids;
import io.punctual.shared.time.DatabaseTime;
import io.punctual.sla.FakeLogs;
import io.punctual.sla.Said;
import io.punctual.testing.Api;
import io.punctual.testing.PunctualTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Months in which clocks stood still.
 */
@PunctualTest(properties = "punctual.statements.look=-")
class HeldStatementTests {

	private static final FakeLogs LOGS = new FakeLogs();

	private static final JsonMapper JSON = new JsonMapper();

	@Autowired
	private Api api;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private MonthEnd monthEnd;

	@TempDir
	private Path folder;

	@DynamicPropertySource
	static void sources(DynamicPropertyRegistry registry) {
		LOGS.serve(registry);
		Path keys = Story.keyFile();
		registry.add("punctual.secrets.key-file", keys::toString);
	}

	@Test
	void aHoldIsStatedAndRecomputedToTheMillisecond() throws IOException {
		Said said = Story.kept(LOGS, this.jdbc);
		held(said, Story.PUBLISHED.plusMillis(250), Story.PUBLISHED.plusMillis(750));
		this.monthEnd.closeAll();
		JsonNode statement = first(said);
		JsonNode line = statement.at("/document/clocks/0");
		assertThat(line.get("elapsedMillis").asInt()).isEqualTo(750);
		assertThat(line.at("/holds/0/reason").asString()).isEqualTo("because");
		assertThat(verify(statement)).isZero();
		ObjectNode longer = (ObjectNode) statement.get("document").deepCopy();
		((ObjectNode) longer.at("/clocks/0/holds/0")).put("until", Story.PUBLISHED.plusMillis(751).toString());
		assertThatExceptionOfType(StatementFault.class)
			.isThrownBy(() -> Recomputation.of(CanonicalJson.as(longer, Statement.class)))
			.withMessageContaining("was due at another instant");
		ObjectNode early = (ObjectNode) statement.get("document").deepCopy();
		((ObjectNode) early.at("/clocks/0/holds/0")).put("from", Story.PUBLISHED.minusMillis(1).toString());
		assertThatExceptionOfType(StatementFault.class)
			.isThrownBy(() -> Recomputation.of(CanonicalJson.as(early, Statement.class)))
			.withMessageContaining("stood still when it could not");
		ObjectNode without = (ObjectNode) statement.get("document").deepCopy();
		((ObjectNode) without.at("/clocks/0")).remove("holds");
		assertThatExceptionOfType(StatementFault.class)
			.isThrownBy(() -> Recomputation.of(CanonicalJson.as(without, Statement.class)));
	}

	@Test
	void aClockThatStillStandsStillHoldsNoMonthUpAndIsStatedWhenItIsDue() throws IOException {
		Said said = Story.kept(LOGS, this.jdbc);
		this.jdbc
			.sql("UPDATE clock SET state = 'RUNNING', stopped_at = NULL, holds = 1, held_since = ?"
					+ " WHERE client_id = ?")
			.params(DatabaseTime.toColumn(Story.PUBLISHED.plusMillis(250)), said.clientId())
			.update();
		this.monthEnd.closeAll();
		JsonNode statement = first(said);
		assertThat(statement.at("/document/clocks").isEmpty()).isTrue();
		assertThat(verify(statement)).isZero();
	}

	/** As if somebody had held the clock in time. */
	private void held(Said said, Instant from, Instant until) {
		String clockId = this.jdbc.sql("SELECT clock_id FROM clock WHERE client_id = ?")
			.param(said.clientId())
			.query(String.class)
			.single();
		String holdId = Ids.next("hld");
		this.jdbc.sql("""
				INSERT INTO clock_hold (hold_id, clock_id, number, held_at, reason, held_by)
				VALUES (?, ?, 1, ?, 'because', 'ada')""").params(holdId, clockId, DatabaseTime.toColumn(from)).update();
		this.jdbc.sql("INSERT INTO clock_hold_end (hold_id, ended_at, ended_by) VALUES (?, ?, 'ada')")
			.params(holdId, DatabaseTime.toColumn(until))
			.update();
		Instant due = Story.PUBLISHED.plus(Story.TARGET).plus(Duration.between(from, until));
		this.jdbc.sql("UPDATE clock SET holds = 1, due_at = ? WHERE clock_id = ?")
			.params(DatabaseTime.toColumn(due), clockId)
			.update();
	}

	private JsonNode first(Said said) {
		JsonNode page = get("/v1/clients/" + said.clientId() + "/statements");
		return get(
				"/v1/statements/" + page.get("items").valueStream().toList().getLast().get("statementId").asString());
	}

	private int verify(JsonNode statement) throws IOException {
		Path keys = Files.write(this.folder.resolve("keys.json"), JSON.writeValueAsBytes(get("/v1/statement-keys")));
		Path file = Files.write(this.folder.resolve("statement.json"), JSON.writeValueAsBytes(statement));
		return VerifyMode.run(VerifyMode.ARGUMENT, "--keys=" + keys, file.toString());
	}

	private JsonNode get(String path) {
		return JSON.readTree(this.api.provider()
			.get()
			.uri(path)
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.returnResult()
			.getResponseBody());
	}

}
