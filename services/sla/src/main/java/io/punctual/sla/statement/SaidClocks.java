package io.punctual.sla.statement;

import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.punctual.shared.contract.ClockJudged.Attribution;
import io.punctual.shared.time.DatabaseTime;
import io.punctual.sla.clock.ClockState;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * What statements have said of each clock, and where it is otherwise by now.
 */
@Repository
class SaidClocks {

	private final JdbcClient jdbc;

	private final JdbcTemplate batches;

	SaidClocks(JdbcClient jdbc, JdbcTemplate batches) {
		this.jdbc = jdbc;
		this.batches = batches;
	}

	/**
	 * How many clocks up to a month are still open; one that stands still will come due
	 * later.
	 */
	long open(String clientId, String period) {
		return this.jdbc
			.sql("SELECT COUNT(*) FROM clock WHERE client_id = ? AND period <= ? AND NOT drill"
					+ " AND state IN ('RUNNING', 'AT_RISK') AND held_since IS NULL")
			.params(clientId, period)
			.query(Long.class)
			.single();
	}

	/**
	 * The clocks of months before that are not as they were said last.
	 * @return by their ids, with what was said if anything was
	 */
	Map<String, Optional<Statement.Before>> changed(String clientId, String period) {
		Map<String, Optional<Statement.Before>> changed = new LinkedHashMap<>();
		this.jdbc.sql("""
				SELECT c.clock_id, s.number, s.state, s.stopped_at, s.attribution FROM clock c
				LEFT JOIN statement_clock s ON s.clock_id = c.clock_id
				WHERE c.client_id = ? AND c.period < ? AND NOT c.drill AND c.held_since IS NULL
				  AND (s.clock_id IS NULL OR s.state <> c.state
				  OR NOT (s.stopped_at <=> c.stopped_at) OR NOT (s.attribution <=> c.attribution))
				ORDER BY c.due_at, c.clock_id""").params(clientId, period).query((row) -> {
			String state = row.getString("state");
			String attribution = row.getString("attribution");
			changed
				.put(row.getString("clock_id"),
						(state != null)
								? Optional.of(new Statement.Before(row.getLong("number"), ClockState.valueOf(state),
										DatabaseTime
											.fromNullableColumn(row.getObject("stopped_at", LocalDateTime.class)),
										(attribution != null) ? Attribution.valueOf(attribution) : null))
								: Optional.empty());
		});
		return changed;
	}

	/** Takes note of what a statement says. */
	void said(long number, List<Statement.Line> lines) {
		this.batches.batchUpdate("""
				INSERT INTO statement_clock (clock_id, number, state, stopped_at, attribution) VALUES (?, ?, ?, ?, ?)
				ON DUPLICATE KEY UPDATE number = VALUES(number), state = VALUES(state),
				  stopped_at = VALUES(stopped_at), attribution = VALUES(attribution)""",
				lines.stream()
					.map((line) -> new @Nullable Object[] { line.clockId(), number, line.state().name(),
							(line.stop() != null) ? DatabaseTime.toColumn(line.stop().at()) : null,
							(line.attribution() != null) ? line.attribution().name() : null })
					.toList());
	}

}
