package io.punctual.testing;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

import javax.sql.DataSource;

import io.punctual.shared.schema.CarefulMigration;
import io.punctual.shared.schema.CheckMode;
import io.punctual.shared.schema.CheckReport;
import io.punctual.shared.schema.CheckReport.Result;
import io.punctual.testing.database.TestSchema;
import io.punctual.testing.database.TestServer;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What each service's migrations keep to. A service extends it and holds its first
 * release's migrations and some data in {@code src/test/resources/release-1}.
 */
public abstract class SchemaContract {

	private static final String[] PRESENT = { "classpath:db/shared", "classpath:db/migration" };

	private static final String[] RELEASE_1 = { "classpath:release-1/shared", "classpath:release-1/service" };

	private final TestDatabase database = TestDatabase.create();

	private final DataSource dataSource = new AbstractDataSource() {

		@Override
		public Connection getConnection() throws SQLException {
			return getConnection(SchemaContract.this.database.getUsername(),
					SchemaContract.this.database.getPassword());
		}

		@Override
		public Connection getConnection(String username, String password) throws SQLException {
			return new TestSchema(SchemaContract.this.database.schema(), SchemaContract.this.database.getJdbcUrl(),
					username, password)
				.connect();
		}

	};

	private final JdbcTemplate jdbc = new JdbcTemplate(this.dataSource);

	/**
	 * The service's application class.
	 */
	protected abstract Class<?> application();

	/**
	 * Asserts that the service finds the first release's data and works with it.
	 */
	protected abstract void worksWithTheDataOfRelease1(Instance service);

	@AfterEach
	void dropSchema() {
		this.database.close();
	}

	@Test
	void fourInstancesStartAtOnceOnAnEmptySchema() throws Exception {
		List<Future<?>> all = new ArrayList<>();
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			for (int i = 0; i < 4; i++) {
				all.add(threads.submit(() -> new CarefulMigration().migrate(flyway(null, PRESENT))));
			}
		}
		for (Future<?> one : all) {
			one.get();
		}
		assertThat(flyway(null, PRESENT).info().pending()).isEmpty();
		assertThat(this.jdbc
			.queryForList("SELECT version FROM flyway_schema_history GROUP BY version HAVING COUNT(*) > 1")).isEmpty();
	}

	/**
	 * MySQL keeps what a migration has done when it is killed: the next start runs it
	 * again.
	 */
	@Test
	void everyMigrationCanBeRunAgain() {
		for (MigrationInfo migration : flyway(null, PRESENT).info().all()) {
			MigrationVersion version = migration.getVersion();
			flyway(version, PRESENT).migrate();
			List<String> once = structure();
			Map<String, Integer> rows = rows();
			this.jdbc.update("DELETE FROM flyway_schema_history WHERE version = ?", version.getVersion());
			flyway(version, PRESENT).migrate();
			assertThat(structure()).as(migration.getScript()).isEqualTo(once);
			assertThat(rows()).as(migration.getScript()).isEqualTo(rows);
		}
	}

	@Test
	void theFirstReleaseIsCarriedOverWithItsData() {
		flyway(null, RELEASE_1).migrate();
		new ResourceDatabasePopulator(new ClassPathResource("release-1/data.sql")).execute(this.dataSource);
		Map<String, List<String>> columns = columns();
		Map<String, String> before = contents(columns);
		assertThat(before.values()).as("release-1/data.sql fills some tables")
			.filteredOn((rows) -> !rows.equals("[]"))
			.hasSizeGreaterThan(4);
		new CarefulMigration().migrate(flyway(null, PRESENT));
		// The first release goes on working beside this one, so nothing of it is taken
		// away.
		assertThat(contents(columns)).isEqualTo(before);
		try (Instance service = Instance.start(application(), this.database, "punctual.events.reading=false")) {
			assertThat(service.isReady()).isTrue();
			worksWithTheDataOfRelease1(service);
		}
	}

	/**
	 * As on AWS: the service's own user may only read and write rows, somebody else
	 * migrates, and the first release goes on writing what it always wrote.
	 */
	@Test
	void waitsForItsSchemaAndNeedsNoRightToChangeIt() throws SQLException {
		TestSchema user = new TestSchema(this.database.schema(), this.database.getJdbcUrl(),
				this.database.schema() + "_rows", "rows");
		try (Connection connection = TestServer.shared().administrator("mysql").connect();
				Statement statement = connection.createStatement()) {
			statement.execute("CREATE USER " + user.user() + " IDENTIFIED BY 'rows'");
			statement.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON `" + user.schema().replace("_", "\\_")
					+ "`.* TO " + user.user());
			try (Instance service = Instance.start(application(), TestDatabase.details(user),
					"spring.flyway.enabled=false", "punctual.events.reading=false", "punctual.release.look=100ms")) {
				assertThat(service.isReady()).isFalse();
				new CarefulMigration().migrate(flyway(null, PRESENT));
				new ResourceDatabasePopulator(new ClassPathResource("release-1/data.sql")).execute(this.dataSource);
				await().atMost(Duration.ofSeconds(60)).until(service::isReady);
				worksWithTheDataOfRelease1(service);
			}
			statement.execute("DROP USER " + user.user());
		}
	}

	/**
	 * As in a drill: the restored schema is looked at by a task that may only read it.
	 */
	@Test
	void aCheckFindsWhateverIsNotAsItWasWritten() throws SQLException {
		assertThat(check(this.database).result()).as("an empty schema").isEqualTo(Result.UNSOUND);
		assertThat(columns()).as("what the check made").isEmpty();
		new CarefulMigration().migrate(flyway(null, PRESENT));
		new ResourceDatabasePopulator(new ClassPathResource("release-1/data.sql")).execute(this.dataSource);
		TestSchema reader = new TestSchema(this.database.schema(), this.database.getJdbcUrl(),
				this.database.schema() + "_read", "read");
		administer("CREATE USER " + reader.user() + " IDENTIFIED BY 'read'",
				"GRANT SELECT ON `" + reader.schema().replace("_", "\\_") + "`.* TO " + reader.user());
		JdbcConnectionDetails reading = TestDatabase.details(reader);
		CheckReport good = check(reading);
		assertThat(good.result()).as(String.valueOf(good.fault())).isEqualTo(Result.SOUND);
		assertThat(good.checked()).containsEntry("events", 1L).containsAllEntriesOf(checked());
		List<Fault> faults = new ArrayList<>(faults());
		faults.add(new Fault("UPDATE event_log SET position = 2", "UPDATE event_log SET position = 1",
				"position 2 where 1 should be"));
		faults.add(new Fault("UPDATE log_head SET pos = 2", "UPDATE log_head SET pos = 1", "its head says 2"));
		faults.add(new Fault("UPDATE flyway_schema_history SET success = FALSE WHERE version = '1'",
				"UPDATE flyway_schema_history SET success = TRUE", "lacks the migrations 1"));
		faults.add(new Fault("RENAME TABLE event_log TO away", "RENAME TABLE away TO event_log", "cannot be read"));
		for (Fault fault : faults) {
			this.jdbc.update(fault.spoil());
			CheckReport report = check(reading);
			assertThat(report.exitStatus()).as(fault.spoil()).isEqualTo(1);
			assertThat(report.fault()).as(fault.spoil()).contains(fault.finding());
			this.jdbc.update(fault.mend());
		}
		assertThat(check(reading).result()).isEqualTo(Result.SOUND);
		administer("DROP USER " + reader.user());
		assertThat(check(reading).exitStatus()).as("nobody may read it").isEqualTo(2);
	}

	/**
	 * How many of what a check finds in the first release's data, besides migrations and
	 * events.
	 */
	protected abstract Map<String, Long> checked();

	/**
	 * What may happen to the first release's data so that a check finds it.
	 */
	protected abstract List<Fault> faults();

	private static CheckReport check(JdbcConnectionDetails schema) {
		return CheckMode.check("check", "--spring.datasource.url=" + schema.getJdbcUrl(),
				"--spring.datasource.username=" + schema.getUsername(),
				"--spring.datasource.password=" + schema.getPassword());
	}

	private static void administer(String... statements) throws SQLException {
		try (Connection connection = TestServer.shared().administrator("mysql").connect();
				Statement statement = connection.createStatement()) {
			for (String sql : statements) {
				statement.execute(sql);
			}
		}
	}

	private Flyway flyway(@Nullable MigrationVersion target, String... locations) {
		return Flyway.configure()
			.dataSource(this.dataSource)
			.locations(locations)
			.outOfOrder(true)
			.target((target != null) ? target : MigrationVersion.LATEST)
			.load();
	}

	private List<String> structure() {
		List<String> structure = new ArrayList<>();
		structure.addAll(this.jdbc.queryForList(
				"""
						SELECT CONCAT_WS(' ', table_name, ordinal_position, column_name, column_type, is_nullable, column_default)
						FROM information_schema.columns WHERE table_schema = DATABASE() ORDER BY 1""",
				String.class));
		structure.addAll(this.jdbc.queryForList("""
				SELECT CONCAT_WS(' ', table_name, index_name, seq_in_index, column_name, non_unique)
				FROM information_schema.statistics WHERE table_schema = DATABASE() ORDER BY 1""", String.class));
		return structure;
	}

	private Map<String, List<String>> columns() {
		Map<String, List<String>> columns = new TreeMap<>();
		this.jdbc.query("""
				SELECT table_name, column_name FROM information_schema.columns
				WHERE table_schema = DATABASE() AND table_name <> 'flyway_schema_history'
				ORDER BY table_name, ordinal_position""",
				(RowCallbackHandler) (row) -> columns.computeIfAbsent(row.getString(1), (table) -> new ArrayList<>())
					.add(row.getString(2)));
		return columns;
	}

	private Map<String, Integer> rows() {
		Map<String, Integer> rows = new LinkedHashMap<>();
		columns().keySet()
			.forEach((table) -> rows.put(table,
					this.jdbc.queryForObject("SELECT COUNT(*) FROM `" + table + "`", Integer.class)));
		return rows;
	}

	private Map<String, String> contents(Map<String, List<String>> columns) {
		Map<String, String> contents = new LinkedHashMap<>();
		columns.forEach((table, names) -> contents.put(table, this.jdbc
			.queryForList("SELECT " + names.stream().map((name) -> "`" + name + "`").collect(Collectors.joining(", "))
					+ " FROM `" + table + "` ORDER BY 1, 2")
			.stream()
			.map((row) -> Arrays.toString(row.values().toArray()))
			.toList()
			.toString()));
		return contents;
	}

	/**
	 * Something that must be found.
	 *
	 * @param spoil the statement that spoils a sound schema
	 * @param mend the statement that makes it sound again
	 * @param finding what the check says, in part
	 */
	public record Fault(String spoil, String mend, String finding) {
	}

}
