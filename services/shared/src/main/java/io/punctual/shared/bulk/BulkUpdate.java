package io.punctual.shared.bulk;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Changes many rows of a table in one statement, each to values of its own: they travel
 * as one JSON parameter, which {@code JSON_TABLE} turns into rows again. A batch of
 * single-row updates costs the server several times the work, most of it in reading
 * statements; see {@code docs/decisions/bulk-updates.md}.
 * <p>
 * Inside the SQL the table is {@code t} and the values are {@code v}. Rows are looked up
 * by the table's primary key, in the order given, so that whoever sorts them locks in
 * that order. A row that is given twice is changed once. A value that does not fit its
 * column is an error, never cut.
 */
public final class BulkUpdate {

	private final String sql;

	private final JsonRows values;

	private BulkUpdate(String sql, JsonRows values) {
		this.sql = sql;
		this.values = values;
	}

	/**
	 * Begin with the table and its primary key, which is the first value of each row.
	 * @param table the table
	 * @param key its primary key, an identifier
	 * @return what to complete
	 */
	public static Builder of(String table, String key) {
		return new Builder(table, key);
	}

	/**
	 * Change the rows.
	 * @param jdbc where
	 * @param rows the values of each row: its key, then the others in the order in which
	 * they were declared; text, numbers, booleans, {@code LocalDateTime} in UTC or null
	 * @return how many rows were changed; a row that had these values already may count
	 * or not, as the driver is set
	 */
	public int run(JdbcTemplate jdbc, List<? extends @Nullable Object[]> rows) {
		int changed = 0;
		for (int from = 0; from < rows.size(); from += JsonRows.AT_ONCE) {
			changed += jdbc.update(this.sql,
					this.values.write(rows.subList(from, Math.min(from + JsonRows.AT_ONCE, rows.size()))));
		}
		return changed;
	}

	/**
	 * What a value is.
	 */
	public enum Type {

		/** An identifier or another short word of ASCII. */
		CODE("VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin"),
		/**
		 * Words for people, at most 500 characters: of longer ones MariaDB would write
		 * the values to a temporary file.
		 */
		TEXT("VARCHAR(500) CHARACTER SET utf8mb4"),
		/**
		 * What others said, at most 4096 characters: to be inserted, see {@link #TEXT}.
		 */
		LONG_TEXT("VARCHAR(4096) CHARACTER SET utf8mb4"),
		/** An instant, in UTC. */
		INSTANT("DATETIME(6)"),
		/** A whole number. */
		NUMBER("BIGINT"),
		/** Yes or no. */
		BOOLEAN("BOOLEAN");

		private final String column;

		Type(String column) {
			this.column = column;
		}

		String column() {
			return this.column;
		}

	}

	/**
	 * Declares the values and what is done with them.
	 */
	public static final class Builder {

		private final String table;

		private final String key;

		private final JsonRows values = new JsonRows();

		private final List<String> assignments = new ArrayList<>();

		private String condition = "";

		private Builder(String table, String key) {
			this.table = table;
			this.key = key;
			value(key, Type.CODE);
		}

		/**
		 * A value that is used in an expression only.
		 */
		public Builder value(String name, Type type) {
			this.values.add(name, type);
			return this;
		}

		/**
		 * A value that the column of the same name takes.
		 */
		public Builder set(String column, Type type) {
			return value(column, type).setting(column + " = v." + column);
		}

		/**
		 * An assignment to a column of the table.
		 * @param assignment the column, an equals sign and an expression of {@code t} and
		 * {@code v}; it may not depend on another assignment
		 */
		public Builder setting(String assignment) {
			this.assignments.add("t." + assignment);
			return this;
		}

		/**
		 * Leaves out the rows for which this does not hold.
		 */
		public BulkUpdate where(String condition) {
			this.condition = " WHERE " + condition;
			return build();
		}

		public BulkUpdate build() {
			return new BulkUpdate("UPDATE " + this.values.table() + " v STRAIGHT_JOIN " + this.table
					+ " t FORCE INDEX (PRIMARY) ON t." + this.key + " = v." + this.key + " SET "
					+ String.join(", ", this.assignments) + this.condition, this.values);
		}

	}

}
