package io.punctual.shared.schema;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Makes the schema and the service's user, who gets rights on its rows only. May be done
 * as often as one likes.
 */
final class SchemaSetup {

	private static final Pattern URL = Pattern.compile("(jdbc:mysql:[^?]*/)([A-Za-z][A-Za-z0-9_]*)(\\?.*)?");

	private final String serverUrl;

	private final String schema;

	private SchemaSetup(String serverUrl, String schema) {
		this.serverUrl = serverUrl;
		this.schema = schema;
	}

	static SchemaSetup of(String jdbcUrl) {
		Matcher url = URL.matcher(jdbcUrl);
		if (!url.matches()) {
			throw new IllegalArgumentException("SPRING_DATASOURCE_URL must be jdbc:mysql://HOST:PORT/SCHEMA");
		}
		String options = url.group(3);
		return new SchemaSetup(url.group(1) + ((options != null) ? options : ""), url.group(2));
	}

	void run(Properties access, MigrateProperties properties) throws SQLException {
		try (Connection connection = DriverManager.getConnection(this.serverUrl, access)) {
			for (Step step : steps(properties)) {
				try (PreparedStatement statement = connection.prepareStatement(step.sql())) {
					if (step.secret() != null) {
						statement.setString(1, step.secret());
					}
					statement.execute();
				}
			}
		}
	}

	/**
	 * Gives the service's user its rights, once all tables are there.
	 */
	void grant(Properties access, MigrateProperties properties) throws SQLException {
		if (properties.serviceUser() != null) {
			try (Connection connection = DriverManager.getConnection(this.serverUrl, access)) {
				new ServiceGrants(this.schema, properties.serviceUser(), properties.appendOnly()).give(connection);
			}
		}
	}

	List<Step> steps(MigrateProperties properties) {
		List<Step> steps = new ArrayList<>();
		steps.add(new Step("CREATE DATABASE IF NOT EXISTS `" + this.schema + "` CHARACTER SET utf8mb4", null));
		if (properties.serviceUser() != null) {
			String user = "'" + properties.serviceUser() + "'@'%'";
			if (properties.authentication() == MigrateProperties.Authentication.IAM) {
				steps.add(new Step("CREATE USER IF NOT EXISTS " + user
						+ " IDENTIFIED WITH AWSAuthenticationPlugin AS 'RDS' REQUIRE SSL", null));
			}
			else {
				steps.add(new Step("CREATE USER IF NOT EXISTS " + user + " IDENTIFIED BY ?",
						properties.servicePassword()));
				steps.add(new Step("ALTER USER " + user + " IDENTIFIED BY ?", properties.servicePassword()));
			}
		}
		return steps;
	}

	/**
	 * A statement.
	 *
	 * @param sql what to say
	 * @param secret its one parameter, kept out of logs and messages; null if it has none
	 */
	record Step(String sql, @Nullable String secret) {

		@Override
		public String toString() {
			return this.sql;
		}

	}

}
