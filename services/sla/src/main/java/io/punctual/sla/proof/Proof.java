package io.punctual.sla.proof;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.punctual.shared.contract.AgreementTerms;
import io.punctual.sla.clock.ClockSearch.Verdict;
import io.punctual.sla.clock.ClockView;
import io.punctual.sla.clock.DeliveryFact;
import io.punctual.sla.clock.Fact;
import io.punctual.sla.clock.Hold;
import org.jspecify.annotations.Nullable;

/**
 * All facts of a clock. With a calendar and a pencil,
 * {@code due = calendar.add(start, target)} (from hold to hold, where there are any) and
 * {@code elapsed} come out again.
 *
 * @param clock the clock
 * @param terms the agreement's version and its calendar's, as they were pinned
 * @param start the event that started it
 * @param due how the due instant comes about
 * @param holds the times in which it stood still, in order
 * @param stop the event that stopped it
 * @param elapsed the working time from the start to the stop (or to the proof, while it
 * runs)
 * @param deliveries what is known of the deliveries that should have stopped it
 * @param verdicts how it came to its states, each with how far the logs had been read
 * @param asOf the database's time of the proof
 */
record Proof(ClockView clock, AgreementTerms terms, Fact start, Due due, List<Hold> holds, @Nullable Fact stop,
		Elapsed elapsed, List<DeliveryFact> deliveries, List<Verdict> verdicts, Instant asOf) {

	/**
	 * The arithmetic of the due instant.
	 *
	 * @param target the working time that was promised
	 * @param at when it is used up; while a hold lasts, when it was before
	 * @param atRiskAt when 80 % of it are
	 * @param workingTime the calendar's open intervals from the start on to {@code at},
	 * at most 100; without those in holds they add up to the target
	 */
	record Due(Duration target, Instant at, Instant atRiskAt, List<Interval> workingTime) {
	}

	/**
	 * The working time that passed.
	 *
	 * @param from the start
	 * @param to the stop, or the proof's instant
	 * @param workingMillis whole milliseconds of working time in [from, to)
	 * @param heldMillis whole milliseconds of it that are in holds
	 * @param elapsedMillis whole milliseconds of it that are not: what counts
	 */
	record Elapsed(Instant from, Instant to, long workingMillis, long heldMillis, long elapsedMillis) {
	}

	/**
	 * An open interval, the end excluded.
	 */
	record Interval(Instant from, Instant to) {
	}

}
