package io.punctual.sla.clock;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.punctual.shared.calendar.WorkingCalendar.Interval;
import io.punctual.shared.contract.AgreementTerms;
import io.punctual.shared.id.Ids;
import io.punctual.shared.problem.ProblemException;
import io.punctual.shared.problem.ProblemType;
import io.punctual.shared.security.Caller;
import io.punctual.shared.time.DatabaseClock;
import io.punctual.shared.time.DatabaseTime;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Holds of clocks. Whoever places or ends one locks the clock's row first and reads the
 * database's clock after that, as whoever judges it does: so a hold is before the due
 * instant or refused, and a clock that is held is not judged.
 */
@Repository
public class Holds {

	private static final String SELECT = """
			SELECT h.clock_id, h.hold_id, h.held_at, e.ended_at, h.reason, h.held_by, e.ended_by
			FROM clock_hold h LEFT JOIN clock_hold_end e ON e.hold_id = h.hold_id\s""";

	private final JdbcClient jdbc;

	private final TermsStore terms;

	private final DatabaseClock database;

	Holds(JdbcClient jdbc, TermsStore terms, DatabaseClock database) {
		this.jdbc = jdbc;
		this.terms = terms;
		this.database = database;
	}

	/**
	 * The holds of a clock.
	 * @param clock the clock
	 * @return in order of time
	 */
	public List<Hold> of(Clock clock) {
		return of(List.of(clock)).getOrDefault(clock.clockId(), List.of());
	}

	/**
	 * The holds of a clock, as they are shown.
	 * @param clock the clock
	 * @param caller to whom: a client does not learn who placed and ended them
	 * @return in order of time
	 */
	public List<Hold> shown(Clock clock, Caller caller) {
		List<Hold> holds = of(clock);
		return caller.isProvider() ? holds : holds.stream().map(Hold::withoutPersons).toList();
	}

	/**
	 * The holds of some clocks.
	 * @param clocks the clocks
	 * @return in order of time, by clock; absent if it has had none
	 */
	public Map<String, List<Hold>> of(Collection<Clock> clocks) {
		List<String> held = clocks.stream().filter((clock) -> clock.holds() > 0).map(Clock::clockId).toList();
		Map<String, List<Hold>> holds = new HashMap<>();
		if (!held.isEmpty()) {
			this.jdbc.sql(SELECT + "WHERE h.clock_id IN (:ids) ORDER BY h.clock_id, h.number")
				.param("ids", held)
				.query(Row::map)
				.list()
				.stream()
				.collect(Collectors.groupingBy(Row::clockId))
				.forEach((clockId, rows) -> holds.put(clockId, rows.stream().map(Row::hold).toList()));
		}
		return holds;
	}

	/**
	 * Has a clock stand still from now on.
	 * @throws ProblemException 404 if there is no such clock, 409 if it has come to its
	 * end, its due instant has passed or it is held
	 */
	Hold begin(String clockId, String reason, String by) {
		Clock clock = lock(clockId);
		Instant now = this.database.now();
		if (clock.heldSince() != null) {
			throw ProblemException.of(ProblemType.CONFLICT, "It is held since " + clock.heldSince() + ".");
		}
		if (!clock.state().isOpen() || clock.stop() != null || !now.isBefore(clock.dueAt())) {
			throw ProblemException
				.of(ProblemType.ILLEGAL_TRANSITION,
						clock.state().isOpen() ? "It came due at " + clock.dueAt() + "; its verdict is being found."
								: "It is " + clock.state() + ": only an open clock can be held.")
				.with("allowed", List.of());
		}
		Hold hold = new Hold(Ids.next("hld"), now, null, reason, by, null);
		this.jdbc.sql("""
				INSERT INTO clock_hold (hold_id, clock_id, number, held_at, reason, held_by)
				VALUES (?, ?, ?, ?, ?, ?)""")
			.params(hold.holdId(), clockId, clock.holds() + 1, DatabaseTime.toColumn(now), reason, by)
			.update();
		// A risk that was there before the hold is still to be judged.
		this.jdbc.sql("""
				UPDATE clock SET held_since = :now, holds = holds + 1, evidence_pending = FALSE,
				  next_at = IF(state = 'RUNNING' AND at_risk_at <= :now, at_risk_at, NULL) WHERE clock_id = :id""")
			.param("now", DatabaseTime.toColumn(now))
			.param("id", clockId)
			.update();
		return hold;
	}

	/**
	 * Has a clock that is held run on.
	 * @throws ProblemException 404 if there is no such clock, or it is not held
	 */
	void end(String clockId, String by) {
		Clock clock = lock(clockId);
		if (clock.heldSince() == null) {
			throw ProblemException.of(ProblemType.NOT_FOUND, "It is not held.");
		}
		release(clock, this.database.now(), by);
	}

	/**
	 * What happened ends the holds of the clocks that it happened to, at that instant.
	 * @param clocks their rows are locked
	 * @return the clocks as they are now
	 */
	List<Clock> released(List<Clock> clocks, Function<Clock, Instant> happened) {
		return clocks.stream()
			.map((clock) -> (clock.heldSince() != null) ? release(clock, happened.apply(clock), null) : clock)
			.toList();
	}

	private Clock release(Clock clock, Instant at, @Nullable String by) {
		List<Hold> holds = of(clock);
		Hold last = holds.getLast();
		// What is read late may have happened before the hold.
		Instant until = at.isAfter(last.from()) ? at : last.from();
		this.jdbc.sql("INSERT INTO clock_hold_end (hold_id, ended_at, ended_by) VALUES (:id, :at, :by)")
			.param("id", last.holdId())
			.param("at", DatabaseTime.toColumn(until))
			.param("by", by)
			.update();
		AgreementTerms agreement = this.terms.get(clock.terms().agreementId(), clock.terms().agreementVersion());
		List<Interval> held = holds.stream().map((hold) -> hold.interval(until)).toList();
		Promise.Schedule schedule = Promise.Schedule.of(agreement, clock.start().at(), clock.target(), held);
		this.jdbc.sql("""
				UPDATE clock SET held_since = NULL, at_risk_at = :risk, due_at = :due, period = :period,
				  next_at = IF(state = 'RUNNING', :risk, :due) WHERE clock_id = :id""")
			.param("risk", DatabaseTime.toColumn(schedule.atRiskAt()))
			.param("due", DatabaseTime.toColumn(schedule.dueAt()))
			.param("period", schedule.period())
			.param("id", clock.clockId())
			.update();
		return find(clock.clockId(), "");
	}

	private Clock lock(String clockId) {
		return find(clockId, " FOR UPDATE");
	}

	private Clock find(String clockId, String lock) {
		return this.jdbc.sql("SELECT " + ClockRows.COLUMNS + " FROM clock c WHERE c.clock_id = ?" + lock)
			.param(clockId)
			.query(ClockRows::map)
			.optional()
			.orElseThrow(() -> ProblemException.notFound(clockId));
	}

	private record Row(String clockId, Hold hold) {

		private static Row map(ResultSet row, int number) throws SQLException {
			return new Row(row.getString("clock_id"),
					new Hold(row.getString("hold_id"), ClockRows.instant(row, "held_at"),
							ClockRows.nullableInstant(row, "ended_at"), row.getString("reason"),
							row.getString("held_by"), row.getString("ended_by")));
		}

	}

}
