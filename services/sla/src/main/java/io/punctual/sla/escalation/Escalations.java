package io.punctual.sla.escalation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.punctual.shared.contract.AgreementTerms.Objective;
import io.punctual.shared.contract.EscalationsChanged;
import io.punctual.shared.events.EventLog;
import io.punctual.shared.events.NewEvent;
import io.punctual.shared.problem.ProblemException;
import io.punctual.shared.time.DatabaseTime;
import io.punctual.shared.web.Cursors;
import io.punctual.shared.web.Page;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * All escalations; each change is said in the log.
 */
@Repository
class Escalations {

	/** As many are said in one event. */
	private static final int TOGETHER = 500;

	private final JdbcClient jdbc;

	private final JdbcTemplate batches;

	private final EventLog events;

	Escalations(JdbcClient jdbc, JdbcTemplate batches, EventLog events) {
		this.jdbc = jdbc;
		this.batches = batches;
		this.events = events;
	}

	/**
	 * Opens escalations of clocks that have none.
	 * @param names the clients' names
	 */
	void open(List<Escalation> opened, Map<String, String> names) {
		if (opened.isEmpty()) {
			return;
		}
		this.batches.batchUpdate("""
				INSERT INTO escalation (escalation_id, clock_id, client_id, notice_id, objective, drill, opened_for,
				  reason, due_at, state, opened_at, version)
				VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'OPEN', ?, 1)""",
				opened.stream()
					.map((one) -> new Object[] { one.escalationId(), one.clockId(), one.clientId(), one.noticeId(),
							one.objective().name(), one.drill(), one.openedFor().name(), one.reason(),
							DatabaseTime.toColumn(one.dueAt()), DatabaseTime.toColumn(one.openedAt()) })
					.toList());
		say(EscalationsChanged.OPENED, opened, opened.getFirst().openedAt(), null, null, names);
	}

	/** Locks a clock's escalations that are not over. */
	List<Escalation> unresolved(Collection<String> clockIds) {
		return this.jdbc.sql("""
				SELECT * FROM escalation WHERE clock_id IN (:ids) AND state <> 'RESOLVED'
				ORDER BY escalation_id FOR UPDATE""").param("ids", clockIds).query(Escalation::map).list();
	}

	/** The clocks that have had one. */
	List<String> known(Collection<String> clockIds) {
		return this.jdbc.sql("SELECT clock_id FROM escalation WHERE clock_id IN (:ids)")
			.param("ids", clockIds)
			.query((row, number) -> row.getString(1))
			.list();
	}

	/**
	 * Has escalations become what they may become.
	 * @param state not the first one
	 * @param step who, when and what was said to it
	 */
	void move(List<Escalation> changed, EscalationState state, Escalation.Step step, Map<String, String> names) {
		if (changed.isEmpty()) {
			return;
		}
		boolean over = state == EscalationState.RESOLVED;
		String what = over ? "resolved" : "acknowledged";
		this.jdbc
			.sql("UPDATE escalation SET state = :state, " + what + "_at = :at, " + what + "_by = :by, " + what
					+ "_note = :note, version = version + 1 WHERE escalation_id IN (:ids)")
			.param("state", state.name())
			.param("at", DatabaseTime.toColumn(step.at()))
			.param("by", step.by())
			.param("note", step.note())
			.param("ids", changed.stream().map(Escalation::escalationId).toList())
			.update();
		say(over ? EscalationsChanged.RESOLVED : EscalationsChanged.ACKNOWLEDGED, changed, step.at(), step.by(),
				step.note(), names);
	}

	Escalation require(String escalationId) {
		return find(escalationId, "").orElseThrow(() -> ProblemException.notFound(escalationId));
	}

	Escalation lock(String escalationId) {
		return find(escalationId, " FOR UPDATE").orElseThrow(() -> ProblemException.notFound(escalationId));
	}

	private Optional<Escalation> find(String escalationId, String lock) {
		return this.jdbc.sql("SELECT * FROM escalation WHERE escalation_id = ?" + lock)
			.param(escalationId)
			.query(Escalation::map)
			.optional();
	}

	/** A page of them, the newest first. */
	Page<Escalation> page(Filter filter, @Nullable String cursor, int limit) {
		String before = Cursors.decode(cursor, filter, List::getFirst);
		StringBuilder where = new StringBuilder("1 = 1");
		List<Object> params = new ArrayList<>();
		and(" AND client_id = ?", filter.client(), where, params);
		and(" AND notice_id = ?", filter.notice(), where, params);
		and(" AND objective = ?", (filter.objective() != null) ? filter.objective().name() : null, where, params);
		and(" AND state = ?", (filter.state() != null) ? filter.state().name() : null, where, params);
		and(" AND escalation_id < ?", before, where, params);
		params.add(limit + 1);
		List<Escalation> found = this.jdbc
			.sql("SELECT * FROM escalation WHERE " + where + " ORDER BY escalation_id DESC LIMIT ?")
			.params(params)
			.query(Escalation::map)
			.list();
		return Page.of(found, limit, (last) -> Cursors.encode(filter, last.escalationId()));
	}

	private static void and(String condition, @Nullable Object value, StringBuilder where, List<Object> params) {
		if (value != null) {
			where.append(condition);
			params.add(value);
		}
	}

	private void say(String type, List<Escalation> changed, Instant at, @Nullable String by, @Nullable String note,
			Map<String, String> names) {
		Map<List<Object>, List<Escalation>> groups = new LinkedHashMap<>();
		changed.forEach((one) -> groups
			.computeIfAbsent(List.of(one.noticeId(), one.objective(), one.drill()), (key) -> new ArrayList<>())
			.add(one));
		List<NewEvent> said = new ArrayList<>();
		groups.values().forEach((group) -> {
			for (int from = 0; from < group.size(); from += TOGETHER) {
				List<Escalation> some = group.subList(from, Math.min(group.size(), from + TOGETHER));
				Escalation first = some.getFirst();
				said.add(
						new NewEvent(type, first.noticeId(), at,
								new EscalationsChanged(first.noticeId(), first.objective(), first.drill(), at, by, note,
										some.stream().map((one) -> item(one, names)).toList()))
							.ignorable()
							.restampable());
			}
		});
		this.events.append(said.toArray(NewEvent[]::new));
	}

	private static EscalationsChanged.Item item(Escalation one, Map<String, String> names) {
		return new EscalationsChanged.Item(one.escalationId(), one.clockId(), one.clientId(),
				names.getOrDefault(one.clientId(), one.clientId()), one.openedFor().name(), one.reason(), one.dueAt());
	}

	/**
	 * Which escalations.
	 */
	record Filter(@Nullable String client, @Nullable String notice, @Nullable Objective objective,
			@Nullable EscalationState state) {
	}

}
