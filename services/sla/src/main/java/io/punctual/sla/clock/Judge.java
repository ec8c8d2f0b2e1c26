package io.punctual.sla.clock;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.punctual.shared.bulk.BulkUpdate.Type;
import io.punctual.shared.bulk.BulkUpdate;
import io.punctual.shared.contract.ClockJudged;
import io.punctual.shared.events.EventLog;
import io.punctual.shared.events.NewEvent;
import io.punctual.shared.time.DatabaseClock;
import io.punctual.shared.time.DatabaseTime;
import io.punctual.shared.transaction.Transactions;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Judges clocks at the instants that have passed, up to where the evidence is complete
 * and never beyond. Several instances may judge at once: each takes other rows.
 */
@Component
class Judge {

	private static final int BATCH = 500;

	private static final BulkUpdate BREACH = BulkUpdate.of("clock", "clock_id")
		.set("attribution", Type.CODE)
		.set("cause", Type.TEXT)
		.setting("state = 'BREACHED'")
		.setting("next_at = NULL")
		.setting("evidence_pending = FALSE")
		.build();

	private final JdbcClient jdbc;

	private final JdbcTemplate batches;

	private final Transactions transactions;

	private final Clocks clocks;

	private final Misses misses;

	private final Holds holds;

	private final EventLog events;

	private final DatabaseClock database;

	private final PromiseMeters meters;

	Judge(JdbcClient jdbc, JdbcTemplate batches, Transactions transactions, Clocks clocks, Misses misses, Holds holds,
			EventLog events, DatabaseClock database, PromiseMeters meters) {
		this.jdbc = jdbc;
		this.batches = batches;
		this.transactions = transactions;
		this.clocks = clocks;
		this.misses = misses;
		this.holds = holds;
		this.events = events;
		this.database = database;
		this.meters = meters;
	}

	/**
	 * Judges everything up to an instant.
	 * @return how many verdicts there were
	 */
	int judge(String lane, Horizon.Reach reach) {
		int total = 0;
		int judged;
		do {
			judged = this.transactions.write(() -> batch(lane, reach));
			total += judged;
		}
		while (judged > 0);
		return total;
	}

	/**
	 * Marks the clocks whose instant has passed but cannot be judged yet.
	 * @return how many were marked now
	 */
	int markPending(String lane, Instant passed) {
		return this.transactions.write(() -> this.jdbc.sql(
				"UPDATE clock SET evidence_pending = TRUE WHERE evidence = ? AND next_at <= ? AND NOT evidence_pending")
			.params(lane, DatabaseTime.toColumn(passed))
			.update());
	}

	private int batch(String lane, Horizon.Reach reach) {
		List<Clock> due = this.jdbc
			.sql("SELECT " + ClockRows.COLUMNS + " FROM clock c WHERE c.evidence = ? AND c.next_at <= ?"
					+ " ORDER BY c.next_at LIMIT " + BATCH + " FOR UPDATE SKIP LOCKED")
			.params(lane, DatabaseTime.toColumn(reach.until()))
			.query(ClockRows::map)
			.list();
		if (due.isEmpty()) {
			return 0;
		}
		Map<String, Instant> removed = removed(due);
		List<Clock> atRisk = new ArrayList<>();
		List<Clock> ended = new ArrayList<>();
		List<Clock> breached = new ArrayList<>();
		for (Clock clock : due) {
			Instant removedAt = removed.get(clock.clientId());
			if (removedAt != null && removedAt.isAfter(clock.start().at()) && !removedAt.isAfter(clock.dueAt())) {
				ended.add(clock);
			}
			else if (clock.state() == ClockState.RUNNING && clock.atRiskAt().isBefore(clock.dueAt())) {
				atRisk.add(clock);
			}
			else {
				breached.add(clock);
			}
		}
		Instant now = this.database.now();
		List<NewEvent> said = new ArrayList<>();
		List<Clocks.Transition> transitions = new ArrayList<>();
		atRisk(atRisk, reach, now, said, transitions);
		end(this.holds.released(ended, (clock) -> removed.getOrDefault(clock.clientId(), now)), removed, reach,
				transitions);
		breach(breached, reach, now, said, transitions);
		this.clocks.record(transitions, now);
		this.events.append(said.toArray(NewEvent[]::new));
		return due.size();
	}

	private void atRisk(List<Clock> clocks, Horizon.Reach reach, Instant now, List<NewEvent> said,
			List<Clocks.Transition> transitions) {
		if (clocks.isEmpty()) {
			return;
		}
		this.jdbc.sql(
				"UPDATE clock SET state = 'AT_RISK', next_at = IF(held_since IS NULL, due_at, NULL), evidence_pending = FALSE"
						+ " WHERE clock_id IN (:ids)")
			.param("ids", clocks.stream().map(Clock::clockId).toList())
			.update();
		for (Clock clock : clocks) {
			said.add(event(ClockJudged.AT_RISK, clock, now, clock.judged(clock.atRiskAt(), null)));
			transitions.add(new Clocks.Transition(clock, ClockState.AT_RISK, clock.atRiskAt(), reach.evidence()));
		}
	}

	private void end(List<Clock> clocks, Map<String, Instant> removed, Horizon.Reach reach,
			List<Clocks.Transition> transitions) {
		if (clocks.isEmpty()) {
			return;
		}
		this.jdbc
			.sql("UPDATE clock SET state = 'VOID', cause = 'The client was removed.', next_at = NULL,"
					+ " evidence_pending = FALSE WHERE clock_id IN (:ids)")
			.param("ids", clocks.stream().map(Clock::clockId).toList())
			.update();
		for (Clock clock : clocks) {
			transitions.add(new Clocks.Transition(clock, ClockState.VOID,
					removed.getOrDefault(clock.clientId(), clock.dueAt()), reach.evidence()));
		}
	}

	private void breach(List<Clock> clocks, Horizon.Reach reach, Instant now, List<NewEvent> said,
			List<Clocks.Transition> transitions) {
		if (clocks.isEmpty()) {
			return;
		}
		Map<String, Attributions.Miss> misses = this.misses.of(clocks);
		List<Object[]> rows = new ArrayList<>();
		for (Clock clock : clocks) {
			Attributions.Miss miss = misses.get(clock.clockId());
			if (miss == null) {
				continue;
			}
			rows.add(new Object[] { clock.clockId(), miss.attribution().name(), miss.cause() });
			this.meters.broken(clock, miss.attribution());
			said.add(event(ClockJudged.BREACHED, clock, now, clock.judged(clock.dueAt(), miss.attribution())));
			transitions.add(new Clocks.Transition(clock, ClockState.BREACHED, clock.dueAt(), reach.evidence()));
		}
		BREACH.run(this.batches, rows);
	}

	private Map<String, Instant> removed(List<Clock> clocks) {
		Map<String, Instant> removed = new HashMap<>();
		this.jdbc.sql("SELECT client_id, removed_at FROM client WHERE removed_at IS NOT NULL AND client_id IN (:ids)")
			.param("ids", clocks.stream().map(Clock::clientId).collect(Collectors.toSet()))
			.query((row) -> {
				removed.put(row.getString("client_id"), ClockRows.instant(row, "removed_at"));
			});
		return removed;
	}

	private static NewEvent event(String type, Clock clock, Instant now, ClockJudged judged) {
		// Nobody judges by when a verdict was said, so it may be stamped anew.
		return new NewEvent(type, clock.clockId(), now, judged).restampable();
	}

}
