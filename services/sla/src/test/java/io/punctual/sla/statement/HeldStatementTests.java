package io.punctual.sla.statement;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.punctual.shared.id.Ids;
import io.punctual.shared.time.DatabaseTime;
import io.punctual.sla.FakeLogs;
import io.punctual.sla.Said;
import io.punctual.testing.Api;
import io.punctual.testing.PunctualTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Months in which clocks stood still.
 */
@PunctualTest(properties = "punctual.statements.look=-")
class HeldStatementTests {

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
	void aHoldIsStatedAndRecomputedToTheMillisecond() throws IOException {
		Said said = Story.kept(LOGS, this.jdbc);
		held(said, Story.PUBLISHED.plusMillis(250), Story.PUBLISHED.plusMillis(750));
		this.monthEnd.closeAll();
		JsonNode statement = this.kept.of(said).getFirst();
		JsonNode line = statement.at("/document/clocks/0");
		assertThat(line.get("elapsedMillis").asInt()).isEqualTo(750);
		assertThat(line.at("/holds/0/reason").asString()).isEqualTo("because");
		assertThat(this.kept.verify(List.of(statement))).isZero();
		JsonNode document = statement.get("document");
		KeptStatements.comesOutOtherwise(document, "was due at another instant",
				(changed) -> KeptStatements.at(changed, "/clocks/0/holds/0")
					.put("until", Story.PUBLISHED.plusMillis(751).toString()));
		KeptStatements.comesOutOtherwise(document, "stood still when it could not",
				(changed) -> KeptStatements.at(changed, "/clocks/0/holds/0")
					.put("from", Story.PUBLISHED.minusMillis(1).toString()));
		KeptStatements.comesOutOtherwise(document, "was due at another instant",
				(changed) -> KeptStatements.at(changed, "/clocks/0").remove("holds"));
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
		JsonNode statement = this.kept.of(said).getFirst();
		assertThat(statement.at("/document/clocks").isEmpty()).isTrue();
		assertThat(this.kept.verify(List.of(statement))).isZero();
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

}
