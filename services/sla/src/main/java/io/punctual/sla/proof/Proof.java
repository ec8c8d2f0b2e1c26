package io.punctual.sla.proof;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.punctual.shared.contract.AgreementTerms;
import io.punctual.sla.clock.ClockSearch.Verdict;
import io.punctual.sla.clock.ClockView;
import io.punctual.sla.clock.DeliveryFact;
import io.punctual.sla.clock.Fact;
import org.jspecify.annotations.Nullable;

/**
 * All facts of a clock. With a calendar and a pencil,
 * {@code due = calendar.add(start, target)} and {@code elapsed} come out again.
 *
 * @param clock the clock
 * @param terms the agreement's version and its calendar's, as they were pinned
 * @param start the event that started it
 * @param due how the due instant comes about
 * @param stop the event that stopped it
 * @param elapsed the working time from the start to the stop (or to the proof, while it
 * runs)
 * @param deliveries what is known of the deliveries that should have stopped it
 * @param verdicts how it came to its states, each with how far the logs had been read
 * @param asOf the database's time of the proof
 */
record Proof(ClockView clock, AgreementTerms terms, Fact start, Due due, @Nullable Fact stop, Elapsed elapsed,
		List<DeliveryFact> deliveries, List<Verdict> verdicts, Instant asOf) {

	/**
	 * The arithmetic of the due instant.
	 *
	 * @param target the working time that was promised
	 * @param at when it is used up
	 * @param atRiskAt when 80 % of it are
	 * @param workingTime the calendar's open intervals from the start on that add up to
	 * the target, at most 100
	 */
	record Due(Duration target, Instant at, Instant atRiskAt, List<Interval> workingTime) {
	}

	/**
	 * The working time that passed.
	 *
	 * @param from the start
	 * @param to the stop, or the proof's instant
	 * @param workingMillis whole milliseconds of working time in [from, to)
	 */
	record Elapsed(Instant from, Instant to, long workingMillis) {
	}

	/**
	 * An open interval, the end excluded.
	 */
	record Interval(Instant from, Instant to) {
	}

}
