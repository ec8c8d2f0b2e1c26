package io.punctual.local.database;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class EmbeddedDatabaseTests {

	@TempDir
	@SuppressWarnings("NullAway.Init")
	Path folder;

	@Test
	void eachUserReachesItsOwnSchemaOnly() throws SQLException {
		SchemaAccount one = SchemaAccount.of("one");
		SchemaAccount two = SchemaAccount.of("two");
		try (EmbeddedDatabase database = EmbeddedDatabase.start(DatabaseOptions.temporary().schema(one).schema(two))) {
			try (Connection connection = connect(database, one, "one")) {
				update(connection, "CREATE TABLE t (id INT PRIMARY KEY)");
			}
			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> connect(database, one, "two"));
			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> connect(database, one, "mysql"));
			SchemaAccount nobody = new SchemaAccount("one", "nobody", "x");
			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> connect(database, nobody, "one"));
		}
	}

	@Test
	void behavesLikeTheDatabaseOfProduction() throws SQLException {
		try (EmbeddedDatabase database = EmbeddedDatabase.start(DatabaseOptions.temporary())) {
			SchemaAccount account = database.createSchema("later");
			try (Connection connection = connect(database, account, "later")) {
				assertThat(text(connection, "SELECT @@transaction_isolation")).isEqualTo("READ-COMMITTED");
				assertThat(text(connection, "SELECT @@sql_mode")).contains("STRICT_TRANS_TABLES", "ONLY_FULL_GROUP_BY");
				assertThat(text(connection, "SELECT @@character_set_database")).isEqualTo("utf8mb4");
				assertThat(text(connection, "SELECT @@time_zone")).isEqualTo("+00:00");
				assertThat(text(connection, "SELECT '\uD83D\uDD52'")).isEqualTo("\uD83D\uDD52");
			}
			database.dropSchema("later");
			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> connect(database, account, "later"));
		}
	}

	@Test
	void keepsItsDataBetweenStarts() throws SQLException {
		SchemaAccount account = SchemaAccount.of("kept");
		DatabaseOptions options = DatabaseOptions.persistent(this.folder.resolve("data")).schema(account);
		try (EmbeddedDatabase database = EmbeddedDatabase.start(options);
				Connection connection = connect(database, account, "kept")) {
			update(connection, "CREATE TABLE t (id INT PRIMARY KEY)");
			update(connection, "INSERT INTO t VALUES (42)");
		}
		try (EmbeddedDatabase database = EmbeddedDatabase.start(options);
				Connection connection = connect(database, account, "kept")) {
			assertThat(text(connection, "SELECT id FROM t")).isEqualTo("42");
		}
	}

	@Test
	void saysWhichPortIsInUse() throws IOException {
		try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] { 127, 0, 0, 1 }))) {
			DatabaseOptions options = DatabaseOptions.temporary().port(other.getLocalPort());
			assertThatExceptionOfType(DatabaseException.class).isThrownBy(() -> EmbeddedDatabase.start(options))
				.withMessageContaining("Port " + other.getLocalPort());
		}
	}

	@Test
	@DisabledOnOs(OS.WINDOWS)
	void keepsPasswordsFromOtherUsers() throws IOException {
		Path data = this.folder.resolve("data");
		try (EmbeddedDatabase database = EmbeddedDatabase
			.start(DatabaseOptions.persistent(data).schema(SchemaAccount.of("one")))) {
			assertThat(database.isAlive()).isTrue();
			assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("init.sql"))))
				.isEqualTo("rw-------");
			assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data))).isEqualTo("rwx------");
		}
	}

	private static Connection connect(EmbeddedDatabase database, SchemaAccount account, String schema)
			throws SQLException {
		return DriverManager.getConnection(database.jdbcUrl(schema), account.user(), account.password());
	}

	private static void update(Connection connection, String sql) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.executeUpdate(sql);
		}
	}

	private static String text(Connection connection, String sql) throws SQLException {
		try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(sql)) {
			row.next();
			return row.getString(1);
		}
	}

}
