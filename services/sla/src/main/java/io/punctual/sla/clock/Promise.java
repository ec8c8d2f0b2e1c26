package io.punctual.sla.clock;

import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;

import io.punctual.shared.calendar.WorkingCalendar;
import io.punctual.shared.calendar.WorkingCalendar.Interval;
import io.punctual.shared.contract.AgreementTerms;
import io.punctual.shared.contract.AgreementTerms.Objective;
import org.jspecify.annotations.Nullable;

/**
 * What a clock is started for.
 *
 * @param about tells apart the clocks of one client, objective and notice
 */
record Promise(String clientId, Objective objective, String noticeId, String about, @Nullable String updateId,
		@Nullable String obligationId, boolean drill, AgreementTerms terms, Duration target, Fact start) {

	/**
	 * The log whose events can stop the clock.
	 */
	static String evidence(Objective objective) {
		return switch (objective) {
			case FIRST_UPDATE, PERIODIC_UPDATE, NOTICE_PERIOD -> "notices";
			case DELIVERY, ACKNOWLEDGEMENT -> "delivery";
		};
	}

	Schedule schedule() {
		return (this.objective == Objective.NOTICE_PERIOD) ? Schedule.before(this.terms, this.start.at(), this.target)
				: Schedule.of(this.terms, this.start.at(), this.target, List.of());
	}

	/**
	 * The instants of a promise, in its calendar.
	 */
	record Schedule(Instant atRiskAt, Instant dueAt, String period) {

		static Schedule of(AgreementTerms terms, Instant start, Duration target, List<Interval> holds) {
			WorkingCalendar calendar = WorkingCalendar.of(terms.calendar().definition());
			Instant due = HeldTime.reached(calendar, start, target, holds);
			Instant atRisk = HeldTime.reached(calendar, start, target.multipliedBy(4).dividedBy(5), holds);
			return new Schedule(atRisk, due, YearMonth.from(due.atZone(calendar.zone())).toString());
		}

		/**
		 * Counted back, by the clock and not in the calendar: days before, not opening
		 * hours. It is never at risk; it is kept or not as soon as it is known.
		 */
		static Schedule before(AgreementTerms terms, Instant start, Duration period) {
			Instant due = start.minus(period);
			WorkingCalendar calendar = WorkingCalendar.of(terms.calendar().definition());
			return new Schedule(due, due, YearMonth.from(due.atZone(calendar.zone())).toString());
		}

	}

}
