package io.punctual.sla;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.punctual.testing.database.TestSchema;
import io.punctual.testing.database.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What the service's user may do on AWS, where a task migrates as somebody else.
 */
class EvidenceRightsTests {

	private static final String USER = "svc_evidence";

	private static final String PASSWORD = "only-for-this-test";

	private final TestSchema admin = TestServer.shared().administrator("evidence_rights");

	@AfterEach
	void drop() throws SQLException {
		TestSchema server = TestServer.shared().administrator("mysql");
		try (Connection connection = server.connect(); Statement statement = connection.createStatement()) {
			statement.execute("DROP DATABASE IF EXISTS evidence_rights");
			statement.execute("DROP USER IF EXISTS " + USER);
		}
	}

	@Test
	void evidenceIsAddedAndNeverChangedAndTheDrillReadsAllOfIt() throws Exception {
		assertThat(run("migrate", this.admin.user(), this.admin.password(), "--punctual.migrate.service-user=" + USER,
				"--punctual.migrate.service-password=" + PASSWORD))
			.isZero();
		TestSchema service = new TestSchema(this.admin.schema(), this.admin.jdbcUrl(), USER, PASSWORD);
		try (Connection connection = service.connect(); Statement statement = connection.createStatement()) {
			statement.execute("INSERT INTO audit_about (about, audit_id) VALUES ('cli_1', 'aud_1')");
			statement.execute("INSERT INTO clock_transition (clock_id, state, at, judged_at, evidence)"
					+ " VALUES ('clk_1', 'MET', UTC_TIMESTAMP(6), UTC_TIMESTAMP(6), 'delivery 1')");
			statement.execute("UPDATE audit_chain SET entries = entries + 1");
			// No evidence: it says what the signed statements have said last, and so
			// changes with each.
			statement.execute("INSERT INTO statement_clock (clock_id, number, state) VALUES ('clk_1', 1, 'MET')"
					+ " ON DUPLICATE KEY UPDATE number = VALUES(number)");
			statement.execute("DELETE FROM statement_clock");
			for (String table : List.of("audit_entry", "audit_about", "clock_hold", "clock_hold_end",
					"clock_transition", "statement", "statement_availability", "statement_credit")) {
				for (String forbidden : List.of("DELETE FROM " + table, "TRUNCATE " + table, "DROP TABLE " + table)) {
					assertThatExceptionOfType(SQLException.class).as(forbidden)
						.isThrownBy(() -> statement.execute(forbidden))
						.withMessageContaining("denied");
				}
			}
			assertThatExceptionOfType(SQLException.class)
				.isThrownBy(() -> statement.execute("UPDATE audit_entry SET actor = 'somebody else'"))
				.withMessageContaining("denied");
			assertThatExceptionOfType(SQLException.class)
				.isThrownBy(() -> statement.execute("UPDATE statement SET document = '{}'"))
				.withMessageContaining("denied");
		}
		cleared();
		assertThat(run("check", USER, PASSWORD)).isZero();
	}

	private void cleared() throws SQLException {
		try (Connection connection = this.admin.connect(); Statement statement = connection.createStatement()) {
			statement.execute("DELETE FROM audit_about");
			statement.execute("DELETE FROM clock_transition");
		}
	}

	private int run(String mode, String user, String password, String... more)
			throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
						"-cp", System.getProperty("java.class.path"), SlaApplication.class.getName(), mode,
						"--spring.datasource.url=" + this.admin.jdbcUrl(), "--spring.datasource.username=" + user,
						"--spring.datasource.password=" + password));
		Collections.addAll(command, more);
		return new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(Path.of("target", "evidence-" + mode + ".log").toFile())
			.start()
			.waitFor();
	}

}
