package io.punctual.sla.clock;

import java.time.Duration;
import java.time.Instant;

import io.punctual.shared.contract.AgreementTerms.Objective;
import io.punctual.shared.contract.ClockJudged.Attribution;
import org.jspecify.annotations.Nullable;

/**
 * A clock as callers see it.
 */
public record ClockView(String clockId, String clientId, Objective objective, String noticeId,
		@Nullable String updateId, @Nullable String obligationId, boolean drill, String agreementId,
		int agreementVersion, String calendarId, int calendarVersion, Duration target, Instant startedAt,
		Instant atRiskAt, Instant dueAt, String period, ClockState state, boolean evidencePending,
		@Nullable Instant stoppedAt, @Nullable Attribution attribution, @Nullable String cause) {

	/**
	 * The view of a clock.
	 * @param clock the clock
	 * @return the view
	 */
	public static ClockView of(Clock clock) {
		return new ClockView(clock.clockId(), clock.clientId(), clock.objective(), clock.noticeId(), clock.updateId(),
				clock.obligationId(), clock.drill(), clock.terms().agreementId(), clock.terms().agreementVersion(),
				clock.terms().calendarId(), clock.terms().calendarVersion(), clock.target(), clock.start().at(),
				clock.atRiskAt(), clock.dueAt(), clock.period(), clock.state(), clock.evidencePending(),
				(clock.stop() != null) ? clock.stop().at() : null, clock.attribution(), clock.cause());
	}

}
