package io.punctual.shared.events;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;

import io.punctual.shared.time.DatabaseTime;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The tables of the log.
 */
class LogTables {

	private static final String HEAD = "SELECT epoch, pos, tail, UTC_TIMESTAMP(6) AS now FROM log_head WHERE id = 1";

	private final JdbcTemplate jdbc;

	LogTables(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Take the next positions and lock the head until the transaction ends.
	 * @param count how many
	 * @return the head after it: its {@code now} is read under the lock, so no later
	 * append has an earlier one
	 */
	LogHead take(int count) {
		this.jdbc.update("UPDATE log_head SET pos = pos + ? WHERE id = 1", count);
		return one(HEAD);
	}

	void insert(long first, List<PendingEvent> events, List<Instant> times, Instant appendedAt) {
		LocalDateTime appended = DatabaseTime.toColumn(appendedAt);
		List<Object[]> rows = new java.util.ArrayList<>(events.size());
		for (int i = 0; i < events.size(); i++) {
			PendingEvent pending = events.get(i);
			rows.add(new Object[] { first + i, pending.event().type(), pending.event().subject(),
					DatabaseTime.toColumn(times.get(i)), pending.event().isIgnorable(), pending.correlationId(),
					pending.json(), appended });
		}
		this.jdbc.batchUpdate("INSERT INTO event_log (position, type, subject, time, ignorable, correlation_id, data,"
				+ " appended_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows);
	}

	/**
	 * Read the head without a lock.
	 * @return the head, as far as this connection sees it
	 */
	LogHead head() {
		return one(HEAD);
	}

	/**
	 * Read the head when no append is under way: whoever holds it is waited for. Outside
	 * a transaction the lock ends with the statement.
	 * @return the head; every event whose time is at or before its {@code now} less
	 * {@link EventPage#HORIZON} is in it
	 */
	LogHead completeHead() {
		return one(HEAD + " LOCK IN SHARE MODE");
	}

	/**
	 * Find how many events after a position make a page.
	 * @param limit at most so many
	 * @param characters where it ends early; one event is always a page
	 */
	int countAfter(long position, int limit, long characters) {
		List<Long> lengths = this.jdbc.query(
				"SELECT CHAR_LENGTH(data) FROM event_log WHERE position > ? ORDER BY position LIMIT ?",
				(row, i) -> row.getLong(1), position, limit);
		int count = 0;
		for (long sum = 0; count < lengths.size(); count++) {
			sum += lengths.get(count);
			if (sum > characters) {
				break;
			}
		}
		return Math.max(1, count);
	}

	List<StoredEvent> after(long position, int limit) {
		return this.jdbc.query(
				"SELECT position, type, subject, time, ignorable, correlation_id, data, appended_at"
						+ " FROM event_log WHERE position > ? ORDER BY position LIMIT ?",
				LogTables::event, position, limit);
	}

	/**
	 * Delete the oldest events, a few at a time so that nobody waits long for the head.
	 * @param before those appended earlier go
	 * @param limit at most so many
	 * @return how many went; fewer than the limit if no older ones are left
	 */
	int trim(Instant before, int limit) {
		LocalDateTime boundary = DatabaseTime.toColumn(before);
		List<Long> old = this.jdbc
			.query("SELECT position, appended_at FROM event_log ORDER BY position LIMIT ?",
					(row, i) -> row.getObject(2, LocalDateTime.class).isBefore(boundary) ? row.getLong(1) : -1L, limit)
			.stream()
			.takeWhile((position) -> position > 0)
			.toList();
		if (!old.isEmpty()) {
			long last = old.getLast();
			this.jdbc.update("DELETE FROM event_log WHERE position <= ?", last);
			this.jdbc.update("UPDATE log_head SET tail = ? WHERE id = 1 AND tail <= ?", last + 1, last);
		}
		return old.size();
	}

	private LogHead one(String sql) {
		List<LogHead> rows = this.jdbc.query(sql, (row, i) -> new LogHead(row.getString("epoch"), row.getLong("pos"),
				row.getLong("tail"), DatabaseTime.fromColumn(row.getObject("now", LocalDateTime.class))));
		return rows.getFirst();
	}

	private static StoredEvent event(ResultSet row, int index) throws SQLException {
		return new StoredEvent(row.getLong("position"), row.getString("type"), row.getString("subject"),
				DatabaseTime.fromColumn(row.getObject("time", LocalDateTime.class)), row.getBoolean("ignorable"),
				row.getString("correlation_id"), row.getString("data"),
				DatabaseTime.fromColumn(row.getObject("appended_at", LocalDateTime.class)));
	}

}
