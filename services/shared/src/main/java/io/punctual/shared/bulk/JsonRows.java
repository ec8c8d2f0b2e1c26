package io.punctual.shared.bulk;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Rows that travel as one parameter: an array of arrays, which {@code JSON_TABLE} turns
 * into a table again.
 */
final class JsonRows {

	/** So many travel in one statement. */
	static final int AT_ONCE = 1000;

	private static final JsonMapper JSON = new JsonMapper();

	private static final DateTimeFormatter INSTANT = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");

	private final List<String> columns = new ArrayList<>();

	void add(String name, BulkUpdate.Type type) {
		this.columns
			.add(name + " " + type.column() + " PATH '$[" + this.columns.size() + "]' NULL ON EMPTY ERROR ON ERROR");
	}

	/** The table of the statement's next parameter. */
	String table() {
		return "JSON_TABLE(?, '$[*]' COLUMNS (" + String.join(", ", this.columns) + "))";
	}

	String write(List<? extends @Nullable Object[]> rows) {
		return JSON.writeValueAsString(rows.stream().map(this::plain).toList());
	}

	void requireWidth(@Nullable Object[] row) {
		if (row.length != this.columns.size()) {
			throw new IllegalArgumentException("A row has " + row.length + " values, not " + this.columns.size());
		}
	}

	private List<@Nullable Object> plain(@Nullable Object[] row) {
		requireWidth(row);
		List<@Nullable Object> plain = new ArrayList<>(row.length);
		for (Object value : row) {
			plain.add((value instanceof LocalDateTime instant) ? INSTANT.format(instant) : value);
		}
		return plain;
	}

}
