package io.punctual.sla.clock;

import java.time.Duration;
import java.time.Instant;

import io.punctual.shared.contract.AgreementTerms.Objective;
import io.punctual.shared.contract.ClockJudged;
import io.punctual.shared.contract.ClockJudged.Attribution;
import org.jspecify.annotations.Nullable;

/**
 * One promise to one client, with the terms and the calendar pinned that were in force
 * when it started.
 *
 * @param clockId the clock
 * @param clientId to whom it was promised
 * @param objective what was promised
 * @param noticeId the notice it is about
 * @param updateId the update, if the promise is about one
 * @param obligationId the obligation, if the promise is about one
 * @param drill whether it is an exercise, which no statement counts
 * @param terms the agreement's version and its calendar's
 * @param target the working time in which it had to happen
 * @param start when and by what event it started
 * @param atRiskAt when 80 % of the target are gone
 * @param dueAt by when it was promised
 * @param period the month of {@code dueAt} in the calendar's zone
 * @param state what has become of it
 * @param evidencePending whether an instant has passed that could not be judged yet,
 * since a log could not be read past it
 * @param stop when and by what event it stopped
 * @param attribution whose miss a breach is
 * @param cause why it was missed or voided
 * @param heldSince since when it stands still: {@code atRiskAt} and {@code dueAt} are
 * then what they were before, and move when the hold ends
 * @param holds how many holds it has had
 */
public record Clock(String clockId, String clientId, Objective objective, String noticeId, @Nullable String updateId,
		@Nullable String obligationId, boolean drill, Terms terms, Duration target, Fact start, Instant atRiskAt,
		Instant dueAt, String period, ClockState state, boolean evidencePending, @Nullable Fact stop,
		@Nullable Attribution attribution, @Nullable String cause, @Nullable Instant heldSince, int holds) {

	/**
	 * Whether a breach counts against the promise.
	 * @return false if it is the recipient's own miss and the agreement leaves it out
	 */
	public boolean countsAsMiss() {
		return this.state == ClockState.BREACHED
				&& (this.attribution != Attribution.RECIPIENT || this.terms.countsRecipientMiss());
	}

	ClockJudged judged(Instant at, @Nullable Attribution whose) {
		return new ClockJudged(this.clockId, this.clientId, this.objective, this.noticeId, this.obligationId,
				this.dueAt, at, whose);
	}

	/**
	 * The pinned versions.
	 */
	public record Terms(String agreementId, int agreementVersion, String calendarId, int calendarVersion,
			boolean countsRecipientMiss) {
	}

}
