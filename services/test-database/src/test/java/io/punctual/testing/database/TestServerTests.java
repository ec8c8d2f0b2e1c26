package io.punctual.testing.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class TestServerTests {

	@Test
	void isTheOneThatWasAskedFor() {
		assertThat(TestServer.shared().version()).startsWith(TestServer.isMySql() ? "MySQL " : "embedded ");
		assertThat(MySqlServer.isWanted("embedded")).isFalse();
		assertThat(MySqlServer.isWanted("mysql")).isTrue();
		assertThatIllegalArgumentException().isThrownBy(() -> MySqlServer.isWanted("MySQL"));
	}

	@Test
	void aUserHasRightsOnTheOwnSchemaOnly() throws SQLException {
		TestSchema one = TestServer.shared().createSchema("rights_1");
		TestSchema other = TestServer.shared().createSchema("rights_2");
		try (Connection connection = one.connect(); Statement statement = connection.createStatement()) {
			statement.execute("CREATE TABLE mine (id INT)");
			assertThatExceptionOfType(SQLException.class)
				.isThrownBy(() -> statement.execute("CREATE TABLE " + other.schema() + ".theirs (id INT)"));
		}
		TestServer.shared().dropSchema(one.schema());
		TestServer.shared().dropSchema(other.schema());
		assertThatExceptionOfType(SQLException.class).isThrownBy(one::connect);
	}

	@Test
	void comesBackWithItsData() throws SQLException {
		try (TestServer server = TestServer.start()) {
			TestSchema schema = server.createSchema("kept");
			try (Connection connection = schema.connect(); Statement statement = connection.createStatement()) {
				statement.execute("CREATE TABLE kept (id INT)");
				statement.execute("INSERT INTO kept VALUES (7)");
			}
			server.interrupt();
			TestSchema impatient = new TestSchema(schema.schema(),
					schema.jdbcUrl() + "&connectTimeout=500&socketTimeout=500", schema.user(), schema.password());
			assertThatExceptionOfType(SQLException.class).isThrownBy(impatient::connect);
			server.resume();
			try (Connection connection = schema.connect();
					Statement statement = connection.createStatement();
					ResultSet row = statement.executeQuery("SELECT id FROM kept")) {
				assertThat(row.next()).isTrue();
				assertThat(row.getInt(1)).isEqualTo(7);
			}
		}
	}

}
