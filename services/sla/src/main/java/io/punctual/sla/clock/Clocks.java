package io.punctual.sla.clock;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.punctual.shared.bulk.BulkUpdate.Type;
import io.punctual.shared.bulk.BulkUpdate;
import io.punctual.shared.contract.AgreementTerms.Objective;
import io.punctual.shared.contract.ClockJudged;
import io.punctual.shared.contract.ClocksMet;
import io.punctual.shared.events.EventLog;
import io.punctual.shared.events.NewEvent;
import io.punctual.shared.id.Ids;
import io.punctual.shared.time.DatabaseClock;
import io.punctual.shared.time.DatabaseTime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * All clocks: starts and stops them. A clock is started once, and stopped by the first
 * event that says so, in whatever order the logs are read.
 */
@Repository
class Clocks {

	private static final Logger logger = LoggerFactory.getLogger(Clocks.class);

	private static final BulkUpdate STOP = stopping().build();

	private static final BulkUpdate MEET = stopping().setting("state = 'MET'")
		.setting("next_at = NULL")
		.setting("evidence_pending = FALSE")
		.build();

	private final JdbcClient jdbc;

	private final JdbcTemplate batches;

	private final StartedClocks started;

	private final Holds holds;

	private final EventLog events;

	private final DatabaseClock database;

	private final PromiseMeters meters;

	private final ClockListener listener;

	Clocks(JdbcClient jdbc, JdbcTemplate batches, StartedClocks started, Holds holds, EventLog events,
			DatabaseClock database, PromiseMeters meters, ClockListener listener) {
		this.jdbc = jdbc;
		this.batches = batches;
		this.started = started;
		this.holds = holds;
		this.events = events;
		this.database = database;
		this.meters = meters;
		this.listener = listener;
	}

	void start(List<Promise> promises) {
		this.started.add(promises);
	}

	/**
	 * Stops the clocks of some obligations.
	 */
	void stop(Objective objective, Map<String, Fact> byObligation) {
		if (!byObligation.isEmpty()) {
			stop(open("c.objective = :objective AND c.obligation_id IN (:keys)", objective,
					Map.of("keys", byObligation.keySet())),
					(clock) -> Objects.requireNonNull(byObligation.get(clock.obligationId())));
		}
	}

	/**
	 * Stops the clocks of clients of notices.
	 * @param byClient what stops them: by notice, then by client
	 */
	void stopByClient(Objective objective, Map<String, Map<String, Fact>> byClient) {
		List<String> pairs = new ArrayList<>();
		Map<String, Object> keys = new HashMap<>();
		// Alternatives of an index, so that it is looked up and not searched.
		byClient.forEach((noticeId, facts) -> {
			int number = pairs.size();
			pairs.add("(c.notice_id = :notice" + number + " AND c.objective = :objective AND c.client_id IN (:clients"
					+ number + "))");
			keys.put("notice" + number, noticeId);
			keys.put("clients" + number, facts.keySet());
		});
		if (!pairs.isEmpty()) {
			stop(open("(" + String.join(" OR ", pairs) + ")", objective, keys), (clock) -> Objects
				.requireNonNull(byClient.getOrDefault(clock.noticeId(), Map.of()).get(clock.clientId())));
		}
	}

	/**
	 * Stops all clocks of notices that started before.
	 * @param byNotice what stops them
	 */
	void stopAll(Objective objective, Map<String, Fact> byNotice) {
		Function<Clock, Fact> fact = (clock) -> Objects.requireNonNull(byNotice.get(clock.noticeId()));
		stop(openOfNotices(objective, byNotice.keySet()).stream()
			.filter((clock) -> clock.start().at().isBefore(fact.apply(clock).at()))
			.toList(), fact);
	}

	/**
	 * Nobody waits for this any more: ends the open clocks of a notice without a verdict.
	 */
	void voidAll(Objective objective, String noticeId, Fact fact, String cause) {
		for (Clock clock : this.holds.released(openOfNotices(objective, List.of(noticeId)), (held) -> fact.at())) {
			if (clock.state().isOpen() && !fact.at().isAfter(clock.dueAt())) {
				this.jdbc
					.sql("UPDATE clock SET state = 'VOID', cause = ?, next_at = NULL, evidence_pending = FALSE"
							+ " WHERE clock_id = ?")
					.params(cause, clock.clockId())
					.update();
				record(List.of(new Transition(clock, ClockState.VOID, fact.at(), evidence(fact))), this.database.now());
			}
		}
	}

	Optional<Clock> find(String clockId) {
		return this.jdbc.sql("SELECT " + ClockRows.COLUMNS + " FROM clock c WHERE c.clock_id = ?")
			.param(clockId)
			.query(ClockRows::map)
			.optional();
	}

	/**
	 * Writes into the audit how clocks came to their states; a second time is an error.
	 * @param now when it was found
	 */
	void record(List<Transition> transitions, Instant now) {
		this.batches.batchUpdate(
				"INSERT INTO clock_transition (clock_id, state, at, judged_at, evidence) VALUES (?, ?, ?, ?, ?)",
				transitions.stream()
					.map((change) -> new Object[] { change.clock().clockId(), change.state().name(),
							DatabaseTime.toColumn(change.at()), DatabaseTime.toColumn(now), change.evidence() })
					.toList());
		transitions.stream()
			.collect(Collectors.groupingBy(Transition::state))
			.forEach((state, changes) -> this.listener.became(state, changes.stream().map(Transition::clock).toList()));
	}

	private void stop(List<Clock> clocks, Function<Clock, Fact> facts) {
		if (clocks.isEmpty()) {
			return;
		}
		List<Object[]> met = new ArrayList<>();
		List<Object[]> late = new ArrayList<>();
		List<Clock> broken = new ArrayList<>();
		List<Transition> transitions = new ArrayList<>();
		List<ClockJudged> kept = new ArrayList<>();
		Instant now = this.database.now();
		for (Clock clock : this.holds.released(clocks, (held) -> facts.apply(held).at())) {
			Fact fact = facts.apply(clock);
			boolean inTime = !fact.at().isAfter(clock.dueAt());
			Object[] row = { clock.clockId(), DatabaseTime.toColumn(fact.at()), fact.source(), fact.type(),
					fact.position(), fact.eventId() };
			if (inTime && clock.state().isOpen()) {
				met.add(row);
				transitions.add(new Transition(clock, ClockState.MET, fact.at(), evidence(fact)));
				kept.add(clock.judged(fact.at(), null));
			}
			else {
				if (inTime) {
					logger.error("Clock {} is {}, yet it was stopped at {}: a log broke its promise of completeness",
							clock.clockId(), clock.state(), fact.at());
				}
				late.add(row);
				if (clock.state() == ClockState.BREACHED) {
					broken.add(clock);
				}
			}
		}
		STOP.run(this.batches, late);
		this.listener.stoppedLate(broken);
		if (!met.isEmpty()) {
			MEET.run(this.batches, met);
			record(transitions, now);
			this.meters.kept(transitions.stream().map(Transition::clock).toList());
			say(kept, now);
		}
	}

	private void say(List<ClockJudged> kept, Instant now) {
		for (int from = 0; from < kept.size(); from += ClocksMet.MOST) {
			List<ClockJudged> items = kept.subList(from, Math.min(from + ClocksMet.MOST, kept.size()));
			this.events
				.append(new NewEvent(ClocksMet.TYPE, items.getFirst().clockId(), now, new ClocksMet(List.copyOf(items)))
					.ignorable()
					.restampable());
		}
	}

	private static BulkUpdate.Builder stopping() {
		return BulkUpdate.of("clock", "clock_id")
			.set("stopped_at", Type.INSTANT)
			.set("stop_source", Type.CODE)
			.set("stop_type", Type.CODE)
			.set("stop_position", Type.NUMBER)
			.set("stop_event", Type.CODE);
	}

	private List<Clock> openOfNotices(Objective objective, Collection<String> noticeIds) {
		return noticeIds.isEmpty() ? List.of()
				: open("c.objective = :objective AND c.notice_id IN (:keys)", objective, Map.of("keys", noticeIds));
	}

	private List<Clock> open(String condition, Objective objective, Map<String, ?> keys) {
		return this.jdbc
			.sql("SELECT " + ClockRows.COLUMNS + " FROM clock c WHERE " + condition
					+ " AND c.stopped_at IS NULL AND c.state <> 'VOID' ORDER BY c.clock_id FOR UPDATE")
			.param("objective", objective.name())
			.params(keys)
			.query(ClockRows::map)
			.list();
	}

	private static String evidence(Fact fact) {
		return fact.source() + " at position " + fact.position() + " (" + fact.type() + ")";
	}

	/**
	 * How a clock came to a state.
	 */
	record Transition(Clock clock, ClockState state, Instant at, String evidence) {
	}

}
