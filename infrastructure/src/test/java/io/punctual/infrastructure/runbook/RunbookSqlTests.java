package io.punctual.infrastructure.runbook;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;

import io.punctual.local.database.DatabaseOptions;
import io.punctual.local.database.EmbeddedDatabase;
import io.punctual.local.database.SchemaAccount;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The runbooks' SQL runs on the schemas as the services' migrations make them: at night
 * nobody wants to find that a column has another name.
 */
class RunbookSqlTests {

	private static final List<String> SCHEMAS = List.of("clients", "notices", "delivery", "sla");

	@SuppressWarnings("NullAway.Init")
	private static EmbeddedDatabase database;

	@BeforeAll
	static void migrate() {
		DatabaseOptions options = DatabaseOptions.temporary();
		for (String schema : SCHEMAS) {
			options = options.schema(SchemaAccount.of(schema));
		}
		database = EmbeddedDatabase.start(options);
		for (String schema : SCHEMAS) {
			SchemaAccount account = database.account(schema);
			Flyway.configure()
				.dataSource(database.jdbcUrl(schema), account.user(), account.password())
				.locations(folder("shared", "shared"), folder(schema, "migration"))
				.load()
				.migrate();
		}
	}

	private static String folder(String module, String name) {
		Path folder = Path.of("../services", module, "src/main/resources/db", name);
		assertThat(Files.isDirectory(folder)).as(folder.toString()).isTrue();
		return "filesystem:" + folder;
	}

	@AfterAll
	static void stop() {
		database.close();
	}

	@Test
	void thereIsSqlToRun() {
		assertThat(Runbook.all().stream().mapToInt((runbook) -> runbook.statements().size()).sum()).isGreaterThan(25);
		assertThat(Runbook.all().stream().filter((runbook) -> runbook.text().contains("```sql"))).allSatisfy(
				(runbook) -> assertThat(runbook.statements()).hasSize(runbook.text().split("```sql", -1).length - 1));
	}

	@TestFactory
	Stream<DynamicTest> sqlOfTheRunbooksRuns() {
		return Runbook.all()
			.stream()
			.flatMap((runbook) -> runbook.statements().stream())
			.map((statement) -> DynamicTest.dynamicTest(
					statement.runbook() + ": " + statement.sql().lines().findFirst().orElse(""), () -> run(statement)));
	}

	@Test
	void wouldFindAColumnThatIsGone() {
		assertThatExceptionOfType(SQLException.class)
			.isThrownBy(() -> run(new Runbook.Statement("none", "sla", "SELECT no_such_column FROM clock;")));
	}

	private static void run(Runbook.Statement statement) throws SQLException {
		SchemaAccount account = database.administrator();
		try (Connection connection = DriverManager.getConnection(database.jdbcUrl(statement.schema()), account.user(),
				account.password()); Statement execution = connection.createStatement()) {
			connection.setAutoCommit(false);
			for (String one : statement.sql().split(";")) {
				if (!one.isBlank()) {
					execution.execute(
							one.replaceAll(":(position|restored_head)\\b", "0").replaceAll("(?<=[ (]):[a-z_]+", "'x'"));
				}
			}
			connection.rollback();
		}
	}

}
