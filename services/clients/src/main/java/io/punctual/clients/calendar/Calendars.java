package io.punctual.clients.calendar;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;

import io.punctual.shared.calendar.CalendarDefinition;
import io.punctual.shared.problem.ProblemException;
import io.punctual.shared.time.DatabaseTime;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The calendars and their versions.
 */
@Component
public class Calendars {

	/** Always there, and never closes. */
	private static final String ALWAYS = "cal_00000000000000000000000247";

	private static final JsonMapper JSON = new JsonMapper();

	private final JdbcClient jdbc;

	Calendars(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Return one version of a calendar.
	 * @param calendarId the calendar
	 * @param number the version, or null for the latest
	 * @return the version, if there is one
	 */
	public Optional<CalendarVersion> version(String calendarId, @Nullable Integer number) {
		return this.jdbc.sql("""
				SELECT v.number, v.definition, v.created_at FROM calendar c JOIN calendar_version v
				ON v.calendar_id = c.id AND v.number = COALESCE(:number, c.latest) WHERE c.id = :id""")
			.param("id", calendarId)
			.param("number", number)
			.query((row, index) -> new CalendarVersion(row.getInt(1),
					JSON.readValue(row.getString(2), CalendarDefinition.class),
					DatabaseTime.fromColumn(row.getObject(3, LocalDateTime.class))))
			.optional();
	}

	/**
	 * The latest version, which stays the latest until the transaction ends: to add
	 * another.
	 * @throws ProblemException 422 for the one that never closes
	 */
	Optional<CalendarVersion> lockLatest(String id) {
		if (id.equals(ALWAYS)) {
			throw ProblemException.invalid("calendarId", "is the calendar that never closes: make one of your own");
		}
		this.jdbc.sql("SELECT id FROM calendar WHERE id = ? FOR UPDATE").param(id).query(String.class).optional();
		return version(id, null);
	}

	Optional<Calendar> find(String id) {
		return this.jdbc.sql("SELECT id, name, latest, created_at FROM calendar WHERE id = ?")
			.param(id)
			.query((row, index) -> new Calendar(row.getString(1), row.getString(2), row.getInt(3),
					DatabaseTime.fromColumn(row.getObject(4, LocalDateTime.class))))
			.optional();
	}

	List<Calendar> page(String after, int size) {
		return this.jdbc.sql("SELECT id, name, latest, created_at FROM calendar WHERE id > ? ORDER BY id LIMIT " + size)
			.param(after)
			.query((row, index) -> new Calendar(row.getString(1), row.getString(2), row.getInt(3),
					DatabaseTime.fromColumn(row.getObject(4, LocalDateTime.class))))
			.list();
	}

	void insert(Calendar calendar, CalendarDefinition definition) {
		this.jdbc.sql("INSERT INTO calendar (id, name, latest, version, created_at) VALUES (?, ?, 1, 0, ?)")
			.params(calendar.id(), calendar.name(), DatabaseTime.toColumn(calendar.createdAt()))
			.update();
		insertVersion(calendar.id(), 1, definition, calendar.createdAt());
	}

	int addVersion(String id, CalendarDefinition definition, Instant now) {
		this.jdbc.sql("UPDATE calendar SET latest = latest + 1, version = version + 1 WHERE id = ?").param(id).update();
		int number = find(id).orElseThrow().latest();
		insertVersion(id, number, definition, now);
		return number;
	}

	private void insertVersion(String id, int number, CalendarDefinition definition, Instant now) {
		this.jdbc.sql("INSERT INTO calendar_version (calendar_id, number, definition, created_at) VALUES (?, ?, ?, ?)")
			.params(id, number, JSON.writeValueAsString(definition), DatabaseTime.toColumn(now))
			.update();
	}

	/**
	 * A calendar.
	 */
	record Calendar(String id, String name, int latest, Instant createdAt) {
	}

}
