package io.punctual.sla.clock;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.punctual.shared.contract.AgreementTerms.Objective;
import io.punctual.shared.contract.ClockJudged.Attribution;
import org.jspecify.annotations.Nullable;

/**
 * A clock as callers see it; with its holds where it is the only one.
 */
public record ClockView(String clockId, String clientId, Objective objective, String noticeId,
		@Nullable String updateId, @Nullable String obligationId, boolean drill, String agreementId,
		int agreementVersion, String calendarId, int calendarVersion, Duration target, Instant startedAt,
		Instant atRiskAt, Instant dueAt, String period, ClockState state, boolean evidencePending,
		@Nullable Instant stoppedAt, @Nullable Attribution attribution, @Nullable String cause,
		@Nullable Instant heldSince, @Nullable List<Hold> holds) {

	/**
	 * The view of a clock.
	 * @param clock the clock
	 * @return the view
	 */
	public static ClockView of(Clock clock) {
		return of(clock, null);
	}

	/** The view of a clock with its holds. */
	static ClockView of(Clock clock, @Nullable List<Hold> holds) {
		return new ClockView(clock.clockId(), clock.clientId(), clock.objective(), clock.noticeId(), clock.updateId(),
				clock.obligationId(), clock.drill(), clock.terms().agreementId(), clock.terms().agreementVersion(),
				clock.terms().calendarId(), clock.terms().calendarVersion(), clock.target(), clock.start().at(),
				clock.atRiskAt(), clock.dueAt(), clock.period(), clock.state(), clock.evidencePending(),
				(clock.stop() != null) ? clock.stop().at() : null, clock.attribution(), clock.cause(),
				clock.heldSince(), holds);
	}

}
