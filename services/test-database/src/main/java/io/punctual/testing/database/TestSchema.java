package io.punctual.testing.database;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Where a schema is, and as whom to use it.
 *
 * @param schema the schema's name
 * @param jdbcUrl its address, with the options that the services use
 * @param user the user's name
 * @param password the user's password
 */
public record TestSchema(String schema, String jdbcUrl, String user, String password) {

	public Connection connect() throws SQLException {
		return TestServer.connect(this);
	}

	@Override
	public String toString() {
		return "TestSchema[schema=" + this.schema + ", user=" + this.user + "]";
	}

}
