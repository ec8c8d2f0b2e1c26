package io.punctual.sla.statement;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.punctual.shared.contract.AgreementTerms;
import io.punctual.shared.contract.AgreementTerms.Objective;
import io.punctual.shared.contract.ClockJudged.Attribution;
import io.punctual.sla.clock.ClockState;
import org.jspecify.annotations.Nullable;

/**
 * What is signed: a client's month, with all that lets anybody recompute it. Its
 * canonical JSON is hashed, and the next one holds the hash.
 *
 * @param format what this is
 * @param statementId the statement
 * @param clientId the client
 * @param period the month of the due instants, such as {@code 2026-09}
 * @param number its place in the client's chain, from 1
 * @param previousHash the hash of the one before, zeros in the first
 * @param closedAt when it was closed, by the database's clock
 * @param logs how far each log had been read
 * @param objectives the sums
 * @param terms every version of an agreement that a clock here is pinned to, its calendar
 * inside
 * @param clocks every promise that came due in the month, exercises left out
 * @param adjustments what has become known of earlier months since they were closed
 * @param availability how available the client's components were; absent in statements
 * from before it was stated
 * @param credits what the month is credited with; absent likewise
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record Statement(String format, String statementId, String clientId, String period, long number, String previousHash,
		Instant closedAt, List<Log> logs, List<Total> objectives, List<AgreementTerms> terms, List<Line> clocks,
		List<Adjustment> adjustments, @Nullable StatedAvailability availability, @Nullable StatedCredits credits) {

	static final String FORMAT = "punctual-statement-1";

	/**
	 * How far a log had been read.
	 */
	@JsonIgnoreProperties(ignoreUnknown = true)
	record Log(String source, long position, Instant asOf) {
	}

	/**
	 * One objective.
	 *
	 * @param adherence met / (met + missed) with four digits, rounded down; absent if
	 * nothing counts
	 */
	@JsonIgnoreProperties(ignoreUnknown = true)
	record Total(Objective objective, long met, long missed, long excused, long voided, @Nullable String adherence) {
	}

	/**
	 * A clock that has been judged.
	 *
	 * @param result how it counts
	 * @param elapsedMillis the working time from start to stop without holds; absent if
	 * nothing stopped it
	 * @param deliveries of a breached delivery: the evidence of whose miss it is
	 * @param holds the times in which it stood still, in order; absent if there are none
	 */
	@JsonIgnoreProperties(ignoreUnknown = true)
	record Line(String clockId, Objective objective, String period, String noticeId, @Nullable String updateId,
			@Nullable String obligationId, String agreementId, int agreementVersion, String calendarId,
			int calendarVersion, long targetMillis, Happened start, Instant dueAt, ClockState state, Result result,
			@Nullable Happened stop, @Nullable Long elapsedMillis, @Nullable Attribution attribution,
			@Nullable String cause, @Nullable List<Tried> deliveries, @Nullable List<Held> holds) {
	}

	/**
	 * An instant, and the event that says so.
	 */
	@JsonIgnoreProperties(ignoreUnknown = true)
	record Happened(Instant at, String source, String type, long position, String eventId) {
	}

	/**
	 * A delivery that should have stopped a clock.
	 */
	@JsonIgnoreProperties(ignoreUnknown = true)
	record Tried(String deliveryId, @Nullable String endpointId, @Nullable Instant firstAttemptAt,
			@Nullable Instant recipientFailedAt, @Nullable Instant providerFailedAt, @Nullable String outcome,
			@Nullable Instant settledAt, @Nullable Integer attempts, @Nullable String reason) {
	}

	/**
	 * A time in which a clock stood still.
	 *
	 * @param until its end, excluded
	 */
	@JsonIgnoreProperties(ignoreUnknown = true)
	record Held(String holdId, Instant from, Instant until, String reason) {
	}

	/**
	 * A clock of an earlier month that was said otherwise, or not at all.
	 *
	 * @param before what the last statement about it said; absent if none did
	 * @param clock what is known now
	 */
	@JsonIgnoreProperties(ignoreUnknown = true)
	record Adjustment(@Nullable Before before, Line clock) {
	}

	/**
	 * What was said of a clock.
	 *
	 * @param number the statement that said it
	 */
	@JsonIgnoreProperties(ignoreUnknown = true)
	record Before(long number, ClockState state, @Nullable Instant stoppedAt,
			@Nullable Attribution attribution) implements Former {
	}

	/**
	 * How a clock counts.
	 */
	enum Result {

		/** Kept. */
		MET,

		/** Broken. */
		MISSED,

		/** Broken by the recipient alone, where the agreement leaves that out. */
		EXCUSED,

		/** Nothing was owed any more. */
		VOID;

		static Result of(ClockState state, @Nullable Attribution attribution, boolean countsRecipientMiss) {
			return switch (state) {
				case MET -> MET;
				case BREACHED -> (attribution != Attribution.RECIPIENT || countsRecipientMiss) ? MISSED : EXCUSED;
				case VOID -> VOID;
				case RUNNING, AT_RISK -> throw new IllegalArgumentException("An open clock has no result");
			};
		}

	}

}
