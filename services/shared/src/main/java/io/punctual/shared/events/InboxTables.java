package io.punctual.shared.events;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.punctual.shared.time.DatabaseTime;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The tables of what has been read from other services' logs.
 */
class InboxTables {

	private static final int LEASE_SECONDS = 6;

	private static final int LONGEST_REASON = 1000;

	private static final String PARKED = "SELECT event_id, source, position, type, subject, time, correlation_id,"
			+ " reason, parked_at FROM inbox_parked";

	private final JdbcTemplate jdbc;

	InboxTables(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
	}

	InboxCursor cursor(String source) {
		List<InboxCursor> found = cursors(source, "");
		if (found.isEmpty()) {
			this.jdbc.update("INSERT IGNORE INTO inbox_cursor (source, pos, as_of) VALUES (?, 0, ?)", source,
					DatabaseTime.toColumn(Instant.EPOCH));
			found = cursors(source, "");
		}
		return found.getFirst();
	}

	/**
	 * Read the cursor and keep it from moving until the transaction ends.
	 * @param exclusively whether only one may do so at a time
	 */
	InboxCursor lock(String source, boolean exclusively) {
		String how = exclusively ? " FOR UPDATE" : " LOCK IN SHARE MODE";
		List<InboxCursor> found = cursors(source, how);
		if (found.isEmpty()) {
			cursor(source);
			found = cursors(source, how);
		}
		return found.getFirst();
	}

	private List<InboxCursor> cursors(String source, String how) {
		// Without a lock on the cursor also how many are parked: a locking read would
		// lock those, too.
		String parked = how.isEmpty()
				? "(SELECT COUNT(*) FROM inbox_parked WHERE inbox_parked.source = inbox_cursor.source)" : "0";
		return this.jdbc.query(
				"SELECT epoch, pos, as_of, " + parked + " AS parked FROM inbox_cursor WHERE source = ?" + how,
				(row, i) -> new InboxCursor(source, row.getString("epoch"), row.getLong("pos"),
						DatabaseTime.fromColumn(row.getObject("as_of", LocalDateTime.class)), row.getLong("parked")),
				source);
	}

	/**
	 * Move the cursor if nobody else has: the first statement of the transaction that
	 * applies what lies between.
	 * @return whether it moved
	 */
	boolean move(InboxCursor from, String epoch, long pos, @Nullable Instant asOf) {
		LocalDateTime complete = DatabaseTime.toNullableColumn(asOf);
		return this.jdbc.update(
				"UPDATE inbox_cursor SET pos = ?, epoch = ?, as_of = CASE WHEN as_of < ? THEN ? ELSE as_of END"
						+ " WHERE source = ? AND pos = ? AND (epoch IS NULL OR epoch = ?)",
				pos, epoch, complete, complete, from.source(), from.pos(), epoch) > 0;
	}

	boolean lease(String source, String owner) {
		return this.jdbc.update(
				"UPDATE inbox_cursor SET lease_owner = ?,"
						+ " lease_until = UTC_TIMESTAMP(6) + INTERVAL ? SECOND WHERE source = ?"
						+ " AND (lease_owner IS NULL OR lease_owner = ? OR lease_until < UTC_TIMESTAMP(6))",
				owner, LEASE_SECONDS, source, owner) > 0;
	}

	void release(String source, String owner) {
		this.jdbc.update("UPDATE inbox_cursor SET lease_owner = NULL, lease_until = NULL WHERE source = ?"
				+ " AND lease_owner = ?", source, owner);
	}

	void park(String source, Event event, String reason, Instant now) {
		String shortened = (reason.length() <= LONGEST_REASON) ? reason : reason.substring(0, LONGEST_REASON);
		this.jdbc.update(
				"INSERT INTO inbox_parked (source, position, event_id, type, subject, time, correlation_id, data, reason,"
						+ " parked_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
				source, event.position(), event.id(), event.type(), event.subject(),
				DatabaseTime.toColumn(event.time()), event.correlationId(), event.data().toString(), shortened,
				DatabaseTime.toColumn(now));
	}

	Set<String> parkedSubjects(String source) {
		return Set.copyOf(this.jdbc.queryForList("SELECT DISTINCT subject FROM inbox_parked WHERE source = ?",
				String.class, source));
	}

	/**
	 * What is parked, the oldest first of each source and subject.
	 */
	List<ParkedEvent> parked(int limit) {
		return this.jdbc.query(PARKED + " ORDER BY source, position LIMIT ?", InboxTables::parkedEvent, limit);
	}

	Optional<ParkedEvent> parkedWithId(String eventId) {
		return this.jdbc.query(PARKED + " WHERE event_id = ?", InboxTables::parkedEvent, eventId).stream().findFirst();
	}

	private static ParkedEvent parkedEvent(ResultSet row, int index) throws SQLException {
		return new ParkedEvent(row.getString("event_id"), row.getString("source"), row.getLong("position"),
				row.getString("type"), row.getString("subject"),
				DatabaseTime.fromColumn(row.getObject("time", LocalDateTime.class)), row.getString("correlation_id"),
				row.getString("reason"), DatabaseTime.fromColumn(row.getObject("parked_at", LocalDateTime.class)));
	}

	List<Event> parked(String source, String subject) {
		return this.jdbc.query(
				"SELECT position, event_id, type, subject, time, correlation_id, data FROM inbox_parked"
						+ " WHERE source = ? AND subject = ? ORDER BY position",
				(row, i) -> new Event(row.getLong("position"), row.getString("event_id"), source, row.getString("type"),
						row.getString("subject"), DatabaseTime.fromColumn(row.getObject("time", LocalDateTime.class)),
						row.getString("correlation_id"), EventJson.MAPPER.readTree(row.getString("data"))),
				source, subject);
	}

	void unpark(String source, Event event) {
		this.jdbc.update("DELETE FROM inbox_parked WHERE source = ? AND position = ?", source, event.position());
	}

	void unparkAll(String source) {
		this.jdbc.update("DELETE FROM inbox_parked WHERE source = ?", source);
	}

}
