package io.punctual.delivery.intake;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.punctual.delivery.retry.Promise;
import io.punctual.shared.contract.UpdateOwed;
import io.punctual.shared.events.Event;
import io.punctual.shared.time.DatabaseTime;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Pages that were read and are not applied yet.
 */
@Repository
class WaitingPages {

	private static final String EVENT = "SELECT page_id, applied, position, event_id, notice_id, time, correlation_id,"
			+ " data FROM waiting_page WHERE notice_id = ? ORDER BY page_id";

	private final JdbcClient jdbc;

	private final JdbcTemplate batches;

	private final JsonMapper json;

	/** A page comes once for each of its parts, and is understood once. */
	private volatile @Nullable Waiting latest;

	WaitingPages(JdbcClient jdbc, JdbcTemplate batches, JsonMapper json) {
		this.jdbc = jdbc;
		this.batches = batches;
		this.json = json;
	}

	/** The notices of which something waits. */
	Set<String> notices() {
		return this.jdbc.sql("SELECT DISTINCT notice_id FROM waiting_page")
			.query((row, number) -> row.getString(1))
			.set();
	}

	/** Has pages wait, in the order in which they were said. */
	void add(List<Read> pages) {
		this.batches.batchUpdate("""
				INSERT INTO waiting_page (notice_id, earliest_due, applied, position, event_id, time, correlation_id,
				  data) VALUES (?, ?, 0, ?, ?, ?, ?, ?)""",
				pages.stream()
					.map((read) -> new Object[] { read.page().noticeId(), DatabaseTime.toColumn(earliestDue(read)),
							read.event().position(), read.event().id(), DatabaseTime.toColumn(read.event().time()),
							read.event().correlationId(), read.event().data().toString() })
					.toList());
	}

	private static Instant earliestDue(Read read) {
		return new Promise(read.page().publishedAt(), read.page().dueAt()).earliestDue();
	}

	/**
	 * Finds what is applied next, and keeps everybody else from applying anything of its
	 * notice until the transaction ends.
	 * @param now what is due later can still be in time
	 * @param late whether what is late already goes first this time
	 * @return the first page of the notice whose most urgent page this is
	 */
	Optional<Waiting> next(Instant now, boolean late) {
		return this.jdbc
			.sql("SELECT notice_id FROM waiting_page ORDER BY (earliest_due < ?) " + (late ? "DESC" : "ASC")
					+ ", earliest_due LIMIT 1")
			.param(DatabaseTime.toColumn(now))
			.query(String.class)
			.optional()
			.flatMap((noticeId) -> waiting(noticeId, " LIMIT 1 FOR UPDATE").stream().findFirst());
	}

	/** All that waits of a notice, kept from everybody else. */
	List<Waiting> of(String noticeId) {
		return waiting(noticeId, " FOR UPDATE");
	}

	private List<Waiting> waiting(String noticeId, String how) {
		return this.jdbc.sql(EVENT + how).param(noticeId).query((row, number) -> waiting(row)).list();
	}

	private Waiting waiting(ResultSet row) throws SQLException {
		Waiting known = this.latest;
		if (known != null && known.pageId() == row.getLong(1)) {
			return new Waiting(known.pageId(), row.getInt(2), known.event(), known.page());
		}
		Event event = new Event(row.getLong(3), row.getString(4), NoticesSubscriber.SOURCE, UpdateOwed.TYPE,
				row.getString(5), DatabaseTime.fromColumn(row.getObject(6, LocalDateTime.class)), row.getString(7),
				this.json.readTree(row.getString(8)));
		Waiting read = new Waiting(row.getLong(1), row.getInt(2), event, event.data(UpdateOwed.class));
		this.latest = read;
		return read;
	}

	void applied(Waiting waiting, int applied) {
		this.jdbc.sql("UPDATE waiting_page SET applied = ? WHERE page_id = ?")
			.params(applied, waiting.pageId())
			.update();
	}

	void remove(Waiting waiting) {
		this.jdbc.sql("DELETE FROM waiting_page WHERE page_id = ?").param(waiting.pageId()).update();
	}

	/**
	 * A page, and the event that told of it.
	 */
	record Read(UpdateOwed page, Event event) {
	}

	/**
	 * One that waits.
	 *
	 * @param applied so many of its obligations exist, from the first
	 * @param event the event that told of it
	 * @param page what the event says
	 */
	record Waiting(long pageId, int applied, Event event, UpdateOwed page) {

		String noticeId() {
			return this.event.subject();
		}

	}

}
