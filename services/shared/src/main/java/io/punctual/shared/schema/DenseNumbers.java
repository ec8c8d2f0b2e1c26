package io.punctual.shared.schema;

import java.util.List;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Rows that are numbered for each of their owners from 1 to the last number that the
 * owner's row says, without a gap.
 */
public final class DenseNumbers implements SchemaCheck {

	private static final int PAGE = 200;

	private final String what;

	private final JdbcClient jdbc;

	private final String sql;

	/**
	 * Create for two tables.
	 * @param what the numbered rows, in a word
	 * @param jdbc the schema
	 * @param owners the owners' table, id and last number, such as
	 * {@code agreement.id.latest}
	 * @param rows the rows' table, owner and number, unique together, such as
	 * {@code agreement_version.agreement_id.number}
	 */
	public DenseNumbers(String what, JdbcClient jdbc, String owners, String rows) {
		this.what = what;
		this.jdbc = jdbc;
		String[] owner = owners.split("\\.");
		String[] row = rows.split("\\.");
		this.sql = """
				SELECT o.%2$s AS id, o.%3$s AS last, COUNT(r.%6$s) AS found, MIN(r.%6$s) AS lowest, MAX(r.%6$s) AS highest
				FROM (SELECT %2$s, %3$s FROM %1$s WHERE %2$s > ? ORDER BY %2$s LIMIT %7$d) o
				LEFT JOIN %4$s r ON r.%5$s = o.%2$s GROUP BY o.%2$s, o.%3$s ORDER BY o.%2$s"""
			.formatted(owner[0], owner[1], owner[2], row[0], row[1], row[2], PAGE);
	}

	@Override
	public String what() {
		return this.what;
	}

	@Override
	public long check() {
		long count = 0;
		List<Owner> page = after("");
		while (!page.isEmpty()) {
			for (Owner owner : page) {
				if (!owner.isDense()) {
					throw new UnsoundSchemaException(
							"%s has %d %s from %d to %d, and should have them from 1 to %d".formatted(owner.id(),
									owner.found(), this.what, owner.lowest(), owner.highest(), owner.last()));
				}
				count += owner.found();
			}
			page = after(page.getLast().id());
		}
		return count;
	}

	private List<Owner> after(String id) {
		return this.jdbc.sql(this.sql)
			.param(id)
			.query((row, number) -> new Owner(row.getString("id"), row.getLong("last"), row.getLong("found"),
					row.getLong("lowest"), row.getLong("highest")))
			.list();
	}

	private record Owner(String id, long last, long found, long lowest, long highest) {

		boolean isDense() {
			return this.found == this.last && this.highest == this.last && (this.last == 0 || this.lowest == 1);
		}

	}

}
