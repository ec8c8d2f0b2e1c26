package io.punctual.sla.clock;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;

import io.punctual.shared.contract.AgreementTerms.Objective;
import io.punctual.shared.contract.ClockJudged.Attribution;
import io.punctual.shared.time.DatabaseTime;
import org.jspecify.annotations.Nullable;

/**
 * Reads a clock from its row.
 */
final class ClockRows {

	static final String COLUMNS = """
			c.clock_id, c.client_id, c.objective, c.notice_id, c.update_id, c.obligation_id, c.drill, c.agreement_id,
			c.agreement_version, c.calendar_id, c.calendar_version, c.counts_recipient_miss, c.target_ms, c.start_at,
			c.start_source, c.start_type, c.start_position, c.start_event, c.at_risk_at, c.due_at, c.period, c.state,
			c.evidence_pending, c.stopped_at, c.stop_source, c.stop_type, c.stop_position, c.stop_event, c.attribution,
			c.cause, c.held_since, c.holds""";

	private ClockRows() {
	}

	static Clock map(ResultSet row, int number) throws SQLException {
		String attribution = row.getString("attribution");
		return new Clock(row.getString("clock_id"), row.getString("client_id"),
				Objective.valueOf(row.getString("objective")), row.getString("notice_id"), row.getString("update_id"),
				row.getString("obligation_id"), row.getBoolean("drill"),
				new Clock.Terms(
						row.getString("agreement_id"), row.getInt("agreement_version"), row.getString("calendar_id"),
						row.getInt("calendar_version"), row.getBoolean("counts_recipient_miss")),
				Duration.ofMillis(row.getLong("target_ms")),
				new Fact(instant(row, "start_at"), row.getString("start_source"), row.getString("start_type"),
						row.getLong("start_position"), row.getString("start_event")),
				instant(row, "at_risk_at"), instant(row, "due_at"), row.getString("period"),
				ClockState.valueOf(row.getString("state")), row.getBoolean("evidence_pending"), stop(row),
				(attribution != null) ? Attribution.valueOf(attribution) : null, row.getString("cause"),
				nullableInstant(row, "held_since"), row.getInt("holds"));
	}

	static Instant instant(ResultSet row, String column) throws SQLException {
		return DatabaseTime.fromColumn(row.getObject(column, LocalDateTime.class));
	}

	static @Nullable Instant nullableInstant(ResultSet row, String column) throws SQLException {
		return DatabaseTime.fromNullableColumn(row.getObject(column, LocalDateTime.class));
	}

	private static @Nullable Fact stop(ResultSet row) throws SQLException {
		Instant at = nullableInstant(row, "stopped_at");
		return (at != null) ? new Fact(at, row.getString("stop_source"), row.getString("stop_type"),
				row.getLong("stop_position"), row.getString("stop_event")) : null;
	}

}
