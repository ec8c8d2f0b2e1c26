package io.punctual.sla.clock;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

import io.punctual.shared.contract.AgreementTerms.Objective;
import io.punctual.shared.problem.ProblemException;
import io.punctual.shared.security.Caller;
import io.punctual.shared.time.DatabaseTime;
import io.punctual.shared.time.WrittenTime;
import io.punctual.shared.web.Cursors;
import io.punctual.shared.web.Page;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Finds clocks for those who ask; a client sees its own only.
 */
@Repository
public class ClockSearch {

	private final JdbcClient jdbc;

	private final Clocks clocks;

	ClockSearch(JdbcClient jdbc, Clocks clocks) {
		this.jdbc = jdbc;
		this.clocks = clocks;
	}

	/**
	 * A page of clocks, the earliest due first.
	 */
	Page<Clock> page(Filter filter, @Nullable String cursor, int limit) {
		Key after = Cursors.decode(cursor, filter, (keys) -> new Key(WrittenTime.instant(keys.get(0)), keys.get(1)));
		StringBuilder where = new StringBuilder("1 = 1");
		List<Object> params = new ArrayList<>();
		if (filter.client() != null) {
			where.append(" AND c.client_id = ?");
			params.add(filter.client());
		}
		if (filter.objective() != null) {
			where.append(" AND c.objective = ?");
			params.add(filter.objective().name());
		}
		if (filter.state() != null) {
			where.append(" AND c.state = ?");
			params.add(filter.state().name());
		}
		if (filter.dueBefore() != null) {
			where.append(" AND c.due_at < ?");
			params.add(DatabaseTime.toColumn(filter.dueBefore()));
		}
		if (after != null) {
			where.append(" AND (c.due_at > ? OR (c.due_at = ? AND c.clock_id > ?))");
			params.add(DatabaseTime.toColumn(after.dueAt()));
			params.add(DatabaseTime.toColumn(after.dueAt()));
			params.add(after.clockId());
		}
		params.add(limit + 1);
		List<Clock> found = this.jdbc
			.sql("SELECT " + ClockRows.COLUMNS + " FROM clock c WHERE " + where
					+ " ORDER BY c.due_at, c.clock_id LIMIT ?")
			.params(params)
			.query(ClockRows::map)
			.list();
		return Page.of(found, limit, (last) -> Cursors.encode(filter, last.dueAt().toString(), last.clockId()));
	}

	/**
	 * A clock that the caller may see.
	 * @param clockId the clock
	 * @param caller who asks
	 * @return the clock
	 * @throws ProblemException 404 if there is none, or it is another client's
	 */
	public Clock require(String clockId, Caller caller) {
		Optional<Clock> found = this.clocks.find(clockId);
		return found.filter((clock) -> caller.isProvider() || clock.clientId().equals(caller.clientId()))
			.orElseThrow(() -> ProblemException.notFound(clockId));
	}

	/**
	 * The breaches of a client in a period, exercises left out.
	 * @param clientId the client
	 * @param period the month of the due instants
	 * @param limit how many at most
	 * @return the earliest first
	 */
	public List<Clock> breaches(String clientId, String period, int limit) {
		return this.jdbc
			.sql("SELECT " + ClockRows.COLUMNS + " FROM clock c WHERE c.client_id = ? AND c.period = ?"
					+ " AND NOT c.drill AND c.state = 'BREACHED' ORDER BY c.due_at, c.clock_id LIMIT ?")
			.params(clientId, period, limit)
			.query(ClockRows::map)
			.list();
	}

	/**
	 * All clocks of a client that came due in a period, exercises left out, and those
	 * that stand still: nobody knows yet when they come due.
	 * @param clientId the client
	 * @param period the month of the due instants
	 * @return the earliest first
	 */
	public List<Clock> ofPeriod(String clientId, String period) {
		return this.jdbc
			.sql("SELECT " + ClockRows.COLUMNS + " FROM clock c WHERE c.client_id = ? AND c.period = ?"
					+ " AND NOT c.drill AND c.held_since IS NULL ORDER BY c.due_at, c.clock_id")
			.params(clientId, period)
			.query(ClockRows::map)
			.list();
	}

	/**
	 * Some clocks.
	 * @param clockIds their ids
	 * @return the earliest first
	 */
	public List<Clock> byIds(Collection<String> clockIds) {
		if (clockIds.isEmpty()) {
			return List.of();
		}
		return this.jdbc
			.sql("SELECT " + ClockRows.COLUMNS + " FROM clock c WHERE c.clock_id IN (:ids)"
					+ " ORDER BY c.due_at, c.clock_id")
			.param("ids", clockIds)
			.query(ClockRows::map)
			.list();
	}

	/**
	 * How each clock came to its states.
	 * @param clockId the clock
	 * @return in order of time
	 */
	public List<Verdict> verdicts(String clockId) {
		return this.jdbc
			.sql("SELECT state, at, judged_at, evidence FROM clock_transition WHERE clock_id = ?"
					+ " ORDER BY judged_at, at")
			.param(clockId)
			.query((row, number) -> new Verdict(ClockState.valueOf(row.getString("state")),
					ClockRows.instant(row, "at"), ClockRows.instant(row, "judged_at"), row.getString("evidence")))
			.list();
	}

	/**
	 * How a clock came to a state.
	 *
	 * @param at the instant that was judged
	 * @param judgedAt when it was, by the database's clock
	 * @param evidence how far the logs had been read
	 */
	public record Verdict(ClockState state, Instant at, Instant judgedAt, String evidence) {
	}

	/**
	 * Which clocks.
	 */
	record Filter(@Nullable String client, @Nullable Objective objective, @Nullable ClockState state,
			@Nullable Instant dueBefore) {
	}

	private record Key(Instant dueAt, String clockId) {
	}

}
