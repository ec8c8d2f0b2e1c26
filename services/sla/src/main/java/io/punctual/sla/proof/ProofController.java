package io.punctual.sla.proof;

import java.time.Instant;
import java.util.List;

import io.punctual.shared.calendar.WorkingCalendar;
import io.punctual.shared.contract.AgreementTerms;
import io.punctual.shared.contract.AgreementTerms.Objective;
import io.punctual.shared.security.Caller;
import io.punctual.shared.security.ProviderReadOrClient;
import io.punctual.shared.time.DatabaseClock;
import io.punctual.sla.clock.Clock;
import io.punctual.sla.clock.ClockSearch;
import io.punctual.sla.clock.ClockView;
import io.punctual.sla.clock.DeliveryFact;
import io.punctual.sla.clock.DeliveryFacts;
import io.punctual.sla.clock.Fact;
import io.punctual.sla.clock.HeldTime;
import io.punctual.sla.clock.Hold;
import io.punctual.sla.clock.Holds;
import io.punctual.sla.clock.TermsStore;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * Lays open how a clock was judged.
 */
@RestController
class ProofController {

	private static final int INTERVALS = 100;

	private final ClockSearch search;

	private final TermsStore terms;

	private final Holds holds;

	private final DeliveryFacts facts;

	private final DatabaseClock database;

	ProofController(ClockSearch search, TermsStore terms, Holds holds, DeliveryFacts facts, DatabaseClock database) {
		this.search = search;
		this.terms = terms;
		this.holds = holds;
		this.facts = facts;
		this.database = database;
	}

	@GetMapping("/v1/clocks/{clockId}/proof")
	@ProviderReadOrClient
	Proof prove(Caller caller, @PathVariable String clockId) {
		Clock clock = this.search.require(clockId, caller);
		AgreementTerms agreement = this.terms.get(clock.terms().agreementId(), clock.terms().agreementVersion());
		WorkingCalendar calendar = WorkingCalendar.of(agreement.calendar().definition());
		Instant now = this.database.now();
		Fact stop = clock.stop();
		Instant from = clock.start().at();
		Instant to = (stop != null) ? stop.at() : now;
		List<Hold> holds = this.holds.shown(clock, caller);
		List<WorkingCalendar.Interval> held = holds.stream().map((hold) -> hold.interval(to)).toList();
		Instant due = (clock.heldSince() != null) ? clock.dueAt() : due(clock, calendar, held);
		List<Proof.Interval> workingTime = calendar.intervals(from, clock.dueAt(), INTERVALS)
			.stream()
			.map((interval) -> new Proof.Interval(interval.from(), interval.to()))
			.toList();
		List<DeliveryFact> deliveries = (clock.obligationId() != null)
				? this.facts.of(List.of(clock.obligationId())).getOrDefault(clock.obligationId(), List.of())
				: List.of();
		return new Proof(ClockView.of(clock), agreement, clock.start(),
				new Proof.Due(clock.target(), due, clock.atRiskAt(), workingTime), holds, stop,
				new Proof.Elapsed(from, to, calendar.elapsed(from, to).toMillis(),
						HeldTime.held(calendar, from, to, held).toMillis(),
						HeldTime.elapsed(calendar, from, to, held).toMillis()),
				deliveries, this.search.verdicts(clockId), now);
	}

	/** Computed once more, and not read. */
	private static Instant due(Clock clock, WorkingCalendar calendar, List<WorkingCalendar.Interval> held) {
		Instant start = clock.start().at();
		return (clock.objective() == Objective.NOTICE_PERIOD) ? start.minus(clock.target())
				: HeldTime.reached(calendar, start, clock.target(), held);
	}

}
