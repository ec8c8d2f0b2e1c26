package io.punctual.shared.bulk;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Adds rows of which many have most of their values in common: those travel once for all
 * of them, and of each row only what is its own, as in {@link BulkUpdate}. What few rows
 * have in common is written out row by row, in one batch with the others. See
 * {@code docs/decisions/bulk-updates.md}.
 */
public final class BulkInsert {

	/** For fewer rows a statement of their own costs more than their values. */
	private static final int FEW = 20;

	private final JsonRows own;

	private final int common;

	private final String each;

	private final String together;

	private BulkInsert(Builder builder) {
		this.own = builder.rows;
		this.common = builder.common.size();
		String into = "INSERT INTO " + builder.table + " ("
				+ String.join(", ", Stream.concat(builder.own.stream(), builder.common.stream()).toList()) + ") ";
		String present = (builder.present != null) ? " ON DUPLICATE KEY UPDATE " + builder.present : "";
		this.each = into + "VALUES (" + places(builder.own.size() + this.common) + ")" + present;
		this.together = into + "SELECT "
				+ String.join(", ", builder.own.stream().map((column) -> "v." + column).toList()) + ", "
				+ places(this.common) + " FROM " + this.own.table() + " v" + present;
	}

	/**
	 * Begin with the table.
	 * @param table the table
	 * @return what to complete: the columns of values of each row's own, then those of
	 * the common ones
	 */
	public static Builder into(String table) {
		return new Builder(table);
	}

	/** No rows yet. */
	public Rows rows() {
		return new Rows();
	}

	private static String places(int count) {
		return String.join(", ", Collections.nCopies(count, "?"));
	}

	/**
	 * What is to be added.
	 */
	public final class Rows {

		private final Map<List<@Nullable Object>, List<@Nullable Object[]>> groups = new LinkedHashMap<>();

		private Rows() {
		}

		/**
		 * Add a row.
		 * @param common the values that others may share, in the order in which their
		 * columns were declared
		 * @param own the others, in theirs; text, numbers, booleans,
		 * {@code LocalDateTime} in UTC or null
		 */
		public void add(List<? extends @Nullable Object> common, @Nullable Object... own) {
			BulkInsert.this.own.requireWidth(own);
			if (common.size() != BulkInsert.this.common) {
				throw new IllegalArgumentException(
						"A row has " + common.size() + " common values, not " + BulkInsert.this.common);
			}
			this.groups.computeIfAbsent(Collections.unmodifiableList(common), (key) -> new ArrayList<>()).add(own);
		}

		/**
		 * Insert what was added.
		 * @param jdbc where
		 */
		public void insert(JdbcTemplate jdbc) {
			List<@Nullable Object[]> few = new ArrayList<>();
			for (Map.Entry<List<@Nullable Object>, List<@Nullable Object[]>> group : this.groups.entrySet()) {
				if (group.getValue().size() >= FEW) {
					insert(jdbc, group.getKey(), group.getValue());
				}
				else {
					group.getValue().forEach((own) -> few.add(whole(own, group.getKey())));
				}
			}
			if (!few.isEmpty()) {
				jdbc.batchUpdate(BulkInsert.this.each, few);
			}
		}

		private void insert(JdbcTemplate jdbc, List<@Nullable Object> common, List<@Nullable Object[]> rows) {
			for (int from = 0; from < rows.size(); from += JsonRows.AT_ONCE) {
				String json = BulkInsert.this.own
					.write(rows.subList(from, Math.min(from + JsonRows.AT_ONCE, rows.size())));
				jdbc.update(BulkInsert.this.together, whole(common.toArray(), List.of(json)));
			}
		}

		private static @Nullable Object[] whole(@Nullable Object[] first, List<? extends @Nullable Object> then) {
			@Nullable Object[] whole = Arrays.copyOf(first, first.length + then.size());
			for (int i = 0; i < then.size(); i++) {
				whole[first.length + i] = then.get(i);
			}
			return whole;
		}

	}

	/**
	 * Declares the columns.
	 */
	public static final class Builder {

		private final String table;

		private final JsonRows rows = new JsonRows();

		private final List<String> own = new ArrayList<>();

		private List<String> common = List.of();

		private @Nullable String present;

		private Builder(String table) {
			this.table = table;
		}

		/**
		 * A column of which each row has a value of its own.
		 */
		public Builder own(String column, BulkUpdate.Type type) {
			this.own.add(column);
			this.rows.add(column, type);
			return this;
		}

		/**
		 * The columns of which many rows have the same values.
		 */
		public Builder common(String... columns) {
			this.common = List.of(columns);
			return this;
		}

		/**
		 * What becomes of a row that is there already; without this it is an error.
		 * @param assignments as after {@code ON DUPLICATE KEY UPDATE}, each column of the
		 * table with the table's name before it, unless it is inside {@code VALUES}
		 */
		public Builder ifPresent(String assignments) {
			this.present = assignments;
			return this;
		}

		public BulkInsert build() {
			return new BulkInsert(this);
		}

	}

}
