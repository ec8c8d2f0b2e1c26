package io.punctual.sla.escalation;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.punctual.shared.contract.AgreementTerms.Objective;
import io.punctual.shared.time.DatabaseTime;
import io.punctual.sla.clock.ClockState;
import org.jspecify.annotations.Nullable;

/**
 * A promise to one client that somebody of the provider has to look at.
 *
 * @param openedFor the state of the clock for which it was opened
 * @param reason what was known then
 * @param dueAt by when it was promised, as it was then
 * @param acknowledged who looks at it; null while nobody does
 * @param resolved how it came to its end; null while it has not
 * @param version grows with every change
 */
record Escalation(String escalationId, String clockId, String clientId, String noticeId, Objective objective,
		boolean drill, ClockState openedFor, String reason, Instant dueAt, EscalationState state, Instant openedAt,
		@Nullable Step acknowledged, @Nullable Step resolved, @JsonIgnore long version) {

	static Escalation map(ResultSet row, int number) throws SQLException {
		return new Escalation(row.getString("escalation_id"), row.getString("clock_id"), row.getString("client_id"),
				row.getString("notice_id"), Objective.valueOf(row.getString("objective")), row.getBoolean("drill"),
				ClockState.valueOf(row.getString("opened_for")), row.getString("reason"),
				DatabaseTime.fromColumn(row.getObject("due_at", LocalDateTime.class)),
				EscalationState.valueOf(row.getString("state")),
				DatabaseTime.fromColumn(row.getObject("opened_at", LocalDateTime.class)), step(row, "acknowledged"),
				step(row, "resolved"), row.getLong("version"));
	}

	private static @Nullable Step step(ResultSet row, String what) throws SQLException {
		Instant at = DatabaseTime.fromNullableColumn(row.getObject(what + "_at", LocalDateTime.class));
		return (at != null) ? new Step(at, row.getString(what + "_by"), row.getString(what + "_note")) : null;
	}

	/**
	 * What became of it.
	 *
	 * @param by the subject of the token; null if nobody did it: the clock was stopped or
	 * voided
	 */
	record Step(Instant at, @Nullable String by, @Nullable String note) {
	}

}
