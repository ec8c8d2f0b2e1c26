package io.punctual.shared.schema;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.punctual.testing.database.TestSchema;
import io.punctual.testing.database.TestServer;
import io.punctual.testing.sample.SampleApplication;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

@ExtendWith(OutputCaptureExtension.class)
class MigrateModeTests {

	private static final AtomicInteger NUMBER = new AtomicInteger();

	private static final String USUAL = "--spring.flyway.locations=classpath:db/shared,classpath:db/migration";

	private final TestSchema admin = TestServer.shared().administrator("migrate_" + NUMBER.incrementAndGet());

	private final String user = "svc_" + this.admin.schema();

	@AfterEach
	void drop() throws SQLException {
		sql("DROP DATABASE IF EXISTS " + this.admin.schema());
		sql("DROP USER IF EXISTS " + this.user);
	}

	@Test
	void makesTheSchemaAndAUserWhoMayOnlyReadAndWriteRows() throws SQLException {
		assertThat(MigrateMode.run(arguments("first"))).isZero();
		TestSchema service = as("first");
		try (Connection connection = service.connect(); Statement statement = connection.createStatement()) {
			statement.execute("INSERT INTO thing (id, name) VALUES ('thg_00000000000000000000000001', 'a')");
			assertThat(statement.executeUpdate("UPDATE thing SET name = 'b'")).isEqualTo(1);
			assertThat(statement.executeUpdate("DELETE FROM thing")).isEqualTo(1);
			for (String forbidden : List.of("CREATE TABLE other (id INT)", "ALTER TABLE thing ADD COLUMN more INT",
					"DROP TABLE thing", "TRUNCATE TABLE thing", "CREATE USER someone", "SELECT * FROM mysql.user")) {
				assertThatExceptionOfType(SQLException.class).as(forbidden)
					.isThrownBy(() -> statement.execute(forbidden));
			}
		}
	}

	/** The probes of an account read it from the log. */
	@Test
	void saysHowManyConnectionsTheDatabaseTakes(CapturedOutput output) throws SQLException {
		assertThat(MigrateMode.run(arguments("first"))).isZero();
		assertThat(output).contains("the database takes " + count("SELECT @@GLOBAL.max_connections") + " connections");
	}

	@Test
	void rowsThatAreOnlyAddedCannotBeChangedAndNeitherCanTheHistoryOfMigrations() throws SQLException {
		String[] arguments = arguments("first", "--punctual.migrate.append-only=thing");
		assertThat(MigrateMode.run(arguments)).isZero();
		holdsWhatIsOnlyAddedTo();
		// As releases before had it.
		sql("GRANT SELECT, INSERT, UPDATE, DELETE ON `" + this.admin.schema().replace("_", "\\_") + "`.* TO "
				+ this.user);
		sql("GRANT UPDATE, DELETE ON " + this.admin.schema() + ".thing TO " + this.user);
		assertThat(MigrateMode.run(arguments)).isZero();
		holdsWhatIsOnlyAddedTo();
		assertThat(MigrateMode.run(arguments("first", "--punctual.migrate.append-only=thing,think"))).isEqualTo(1);
	}

	private void holdsWhatIsOnlyAddedTo() throws SQLException {
		try (Connection connection = as("first").connect(); Statement statement = connection.createStatement()) {
			statement
				.execute("INSERT INTO thing (id, name) VALUES (CONCAT('thg_', LPAD(CONNECTION_ID(), 26, '0')), 'a')");
			for (String allowed : List.of("SELECT * FROM thing", "SELECT * FROM flyway_schema_history",
					"UPDATE work_gate SET id = id")) {
				statement.execute(allowed);
			}
			for (String forbidden : List.of("UPDATE thing SET name = 'b'", "DELETE FROM thing",
					"UPDATE flyway_schema_history SET success = 0", "DELETE FROM flyway_schema_history",
					"INSERT INTO flyway_schema_history SELECT * FROM flyway_schema_history")) {
				assertThatExceptionOfType(SQLException.class).as(forbidden)
					.isThrownBy(() -> statement.execute(forbidden))
					.withMessageContaining("denied");
			}
		}
	}

	@Test
	void mayBeRunAgainAndTakesANewPassword() throws SQLException {
		assertThat(MigrateMode.run(arguments("first"))).isZero();
		assertThat(MigrateMode.run(arguments("sec'ond\\"))).isZero();
		as("sec'ond\\").connect().close();
		assertThatExceptionOfType(SQLException.class).isThrownBy(() -> as("first").connect());
	}

	@Test
	void endsWithOneAndTheReasonIfItCannot() {
		assertThat(MigrateMode.run(new String[] { "migrate", USUAL, "--spring.datasource.url=" + this.admin.jdbcUrl(),
				"--spring.datasource.username=nobody", "--spring.datasource.password=wrong" }))
			.isEqualTo(1);
		assertThat(MigrateMode.run(new String[] { "migrate", USUAL, "--spring.datasource.url=jdbc:mysql://localhost" }))
			.isEqualTo(1);
		assertThat(MigrateMode.run(arguments("p", "--punctual.migrate.service-password="))).isEqualTo(1);
	}

	@Test
	void runsAgainWhatHasFailedHalfway() throws SQLException {
		String[] arguments = arguments("p",
				"--spring.flyway.locations=classpath:db/shared,classpath:db/migration,classpath:db/broken");
		assertThat(MigrateMode.run(arguments)).isEqualTo(1);
		assertThat(count("SELECT COUNT(*) FROM flyway_schema_history WHERE NOT success")).isEqualTo(1);
		inSchema("CREATE TABLE not_yet_there AS SELECT 7 AS id");
		assertThat(MigrateMode.run(arguments)).isZero();
		assertThat(count("SELECT COUNT(*) FROM half")).isEqualTo(1);
		assertThat(count("SELECT COUNT(*) FROM flyway_schema_history WHERE NOT success")).isZero();
	}

	@Test
	void goesOnWhereItWasKilled() throws Exception {
		String[] arguments = arguments("p",
				"--spring.flyway.locations=classpath:db/shared,classpath:db/migration,classpath:db/slow");
		try (Connection holder = TestServer.shared().administrator("mysql").connect();
				Statement statement = holder.createStatement()) {
			statement.execute("DO GET_LOCK('slow_" + this.admin.schema() + "', 0)");
			Process killed = process(arguments);
			await().atMost(Duration.ofMinutes(5)).until(() -> exists("slow_first"));
			killed.destroyForcibly().waitFor();
			assertThat(exists("slow_second")).isFalse();
		}
		Process next = process(arguments);
		assertThat(next.waitFor(300, TimeUnit.SECONDS)).isTrue();
		assertThat(next.exitValue()).isZero();
		assertThat(exists("slow_second")).isTrue();
		assertThat(count("SELECT COUNT(*) FROM flyway_schema_history WHERE version = '901' AND success")).isEqualTo(1);
	}

	private static Process process(String[] arguments) throws IOException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
						"-cp", System.getProperty("java.class.path"), SampleApplication.class.getName()));
		Collections.addAll(command, arguments);
		return new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(Path.of("target", "migrate-" + UUID.randomUUID() + ".log").toFile())
			.start();
	}

	private String[] arguments(String password, String... more) {
		List<String> arguments = new ArrayList<>(List.of("migrate", USUAL,
				"--spring.datasource.url=" + this.admin.jdbcUrl(), "--spring.datasource.username=" + this.admin.user(),
				"--spring.datasource.password=" + this.admin.password(), "--spring.flyway.enabled=false",
				"--punctual.migrate.service-user=" + this.user, "--punctual.migrate.service-password=" + password));
		for (String one : more) {
			String name = one.substring(0, one.indexOf('=') + 1);
			arguments.removeIf((argument) -> argument.startsWith(name));
			arguments.add(one);
		}
		return arguments.toArray(String[]::new);
	}

	private TestSchema as(String password) {
		return new TestSchema(this.admin.schema(), this.admin.jdbcUrl(), this.user, password);
	}

	private boolean exists(String table) throws SQLException {
		return query("SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = '" + this.admin.schema()
				+ "' AND table_name = '" + table + "'", "mysql") == 1;
	}

	private int count(String sql) throws SQLException {
		return query(sql, this.admin.schema());
	}

	private int query(String sql, String schema) throws SQLException {
		try (Connection connection = TestServer.shared().administrator(schema).connect();
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery(sql)) {
			row.next();
			return row.getInt(1);
		}
	}

	private void inSchema(String sql) throws SQLException {
		execute(sql, this.admin);
	}

	private void sql(String sql) throws SQLException {
		execute(sql, TestServer.shared().administrator("mysql"));
	}

	private static void execute(String sql, TestSchema schema) throws SQLException {
		try (Connection connection = schema.connect(); Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

}
