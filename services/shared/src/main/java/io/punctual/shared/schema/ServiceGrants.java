package io.punctual.shared.schema;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a service's user may do with the rows of each table: anything, unless they are
 * only ever added, or tell which migrations there were. May be done as often as one
 * likes; a release that runs meanwhile keeps all that it needs.
 */
final class ServiceGrants {

	private static final String HISTORY = "flyway_schema_history";

	/** MySQL's errors for taking what was never given: of a schema, of a table. */
	private static final Set<Integer> NOT_GRANTED = Set.of(1141, 1147);

	private final String schema;

	private final String user;

	private final Set<String> appendOnly;

	ServiceGrants(String schema, String user, Set<String> appendOnly) {
		this.schema = schema;
		this.user = "'" + user + "'@'%'";
		this.appendOnly = appendOnly;
	}

	/**
	 * Gives each table's rights and takes away what is more than them.
	 * @throws IllegalStateException if a table that is only appended to is not there
	 */
	void give(Connection connection) throws SQLException {
		Set<String> tables = tables(connection);
		Set<String> unknown = new TreeSet<>(this.appendOnly);
		unknown.removeAll(tables);
		if (!unknown.isEmpty()) {
			throw new IllegalStateException("punctual.migrate.append-only names what is no table: " + unknown);
		}
		List<String> given = new ArrayList<>();
		List<String> taken = new ArrayList<>();
		// What former releases were given. In the grant of a schema an underscore stands
		// for any character, unless it is escaped.
		taken.add("REVOKE SELECT, INSERT, UPDATE, DELETE ON `" + this.schema.replace("_", "\\_") + "`.* FROM "
				+ this.user);
		for (String table : tables) {
			String on = " ON `" + this.schema + "`.`" + table + "`";
			if (table.equals(HISTORY)) {
				given.add("GRANT SELECT" + on + " TO " + this.user);
				taken.add("REVOKE INSERT, UPDATE, DELETE" + on + " FROM " + this.user);
			}
			else if (this.appendOnly.contains(table)) {
				given.add("GRANT SELECT, INSERT" + on + " TO " + this.user);
				taken.add("REVOKE UPDATE, DELETE" + on + " FROM " + this.user);
			}
			else {
				given.add("GRANT SELECT, INSERT, UPDATE, DELETE" + on + " TO " + this.user);
			}
		}
		try (Statement statement = connection.createStatement()) {
			for (String sql : given) {
				statement.execute(sql);
			}
			for (String sql : taken) {
				take(statement, sql);
			}
		}
	}

	private static void take(Statement statement, String sql) throws SQLException {
		try {
			statement.execute(sql);
		}
		catch (SQLException ex) {
			if (!NOT_GRANTED.contains(ex.getErrorCode())) {
				throw ex;
			}
		}
	}

	private Set<String> tables(Connection connection) throws SQLException {
		Set<String> tables = new TreeSet<>();
		try (PreparedStatement statement = connection.prepareStatement(
				"SELECT table_name FROM information_schema.tables WHERE table_schema = ? AND table_type = 'BASE TABLE'")) {
			statement.setString(1, this.schema);
			try (ResultSet rows = statement.executeQuery()) {
				while (rows.next()) {
					tables.add(rows.getString(1));
				}
			}
		}
		return tables;
	}

}
