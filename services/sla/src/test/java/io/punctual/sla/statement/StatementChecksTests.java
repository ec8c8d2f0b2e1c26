package io.punctual.sla.statement;

import java.nio.file.Path;

import io.punctual.shared.schema.CheckMode;
import io.punctual.shared.schema.CheckReport;
import io.punctual.sla.FakeLogs;
import io.punctual.sla.Said;
import io.punctual.testing.PunctualTest;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a restored schema's check says of statements that somebody has touched.
 */
@PunctualTest(properties = "punctual.statements.look=-")
class StatementChecksTests {

	private static final FakeLogs LOGS = new FakeLogs();

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private MonthEnd monthEnd;

	@Autowired
	private JdbcConnectionDetails database;

	@DynamicPropertySource
	static void sources(DynamicPropertyRegistry registry) {
		LOGS.serve(registry);
		Path keys = Story.keyFile();
		registry.add("punctual.secrets.key-file", keys::toString);
	}

	@Test
	void aCheckFindsWhateverWasChangedAfterwards() {
		Said said = Story.missed(LOGS, this.jdbc);
		this.monthEnd.closeAll();
		String of = " WHERE client_id = '" + said.clientId() + "' AND number = 2";
		assertThat(check().fault()).isNull();
		assertThat(check().checked().get("statements")).isGreaterThanOrEqualTo(3);
		spoilt("UPDATE statement SET document = REPLACE(document, '\"number\":2', '\"number\":7')" + of,
				"UPDATE statement SET document = REPLACE(document, '\"number\":7', '\"number\":2')" + of,
				"has not the hash");
		spoilt("UPDATE statement SET signature = REVERSE(signature)" + of,
				"UPDATE statement SET signature = REVERSE(signature)" + of, "is not signed");
		spoilt("UPDATE statement SET document = CONCAT('<', document)" + of,
				"UPDATE statement SET document = SUBSTRING(document, 2)" + of, "cannot be read");
		spoilt("UPDATE statement SET period = '1999-01'" + of,
				"UPDATE statement SET period = '" + Story.MONTH.plusMonths(1) + "'" + of, "is kept as another one");
		spoilt("UPDATE statement SET client_id = CONCAT('cli_', SUBSTRING(client_id, 5, 25), '-')" + of,
				"UPDATE statement SET client_id = '" + said.clientId() + "' WHERE client_id LIKE '%-'",
				"does not follow number");
		String chain = " statements = statements %s 1 WHERE client_id = '" + said.clientId() + "'";
		spoilt("UPDATE statement_chain SET" + chain.formatted("+"), "UPDATE statement_chain SET" + chain.formatted("-"),
				"do not end with number");
		assertThat(check().exitStatus()).isZero();
	}

	private void spoilt(String change, String mend, String finding) {
		assertThat(this.jdbc.sql(change).update()).isEqualTo(1);
		CheckReport report = check();
		assertThat(report.exitStatus()).as(change).isEqualTo(1);
		assertThat(report.fault()).contains(finding);
		assertThat(this.jdbc.sql(mend).update()).isEqualTo(1);
	}

	private CheckReport check() {
		return CheckMode.check("check", "--spring.datasource.url=" + this.database.getJdbcUrl(),
				"--spring.datasource.username=" + this.database.getUsername(),
				"--spring.datasource.password=" + this.database.getPassword());
	}

}
