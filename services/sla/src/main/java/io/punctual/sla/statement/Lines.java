package io.punctual.sla.statement;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import io.punctual.shared.calendar.WorkingCalendar;
import io.punctual.shared.contract.AgreementTerms;
import io.punctual.sla.clock.Clock;
import io.punctual.sla.clock.ClockState;
import io.punctual.sla.clock.DeliveryFact;
import io.punctual.sla.clock.DeliveryFacts;
import io.punctual.sla.clock.Fact;
import io.punctual.sla.clock.HeldTime;
import io.punctual.sla.clock.Hold;
import io.punctual.sla.clock.Holds;
import io.punctual.sla.clock.TermsStore;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Writes clocks down as a statement says them, with their evidence.
 */
@Component
class Lines {

	private final TermsStore terms;

	private final DeliveryFacts facts;

	private final Holds holds;

	Lines(TermsStore terms, DeliveryFacts facts, Holds holds) {
		this.terms = terms;
		this.facts = facts;
		this.holds = holds;
	}

	/** The versions of agreements that clocks are pinned to, in order. */
	List<AgreementTerms> terms(Collection<Clock> clocks) {
		return clocks.stream()
			.map(Clock::terms)
			.distinct()
			.sorted(Comparator.comparing(Clock.Terms::agreementId).thenComparing(Clock.Terms::agreementVersion))
			.map((pinned) -> this.terms.get(pinned.agreementId(), pinned.agreementVersion()))
			.toList();
	}

	/** A line for each clock, by the clock's id, in the same order. */
	Map<String, Statement.Line> of(List<Clock> clocks, List<AgreementTerms> agreements) {
		Map<String, WorkingCalendar> calendars = new HashMap<>();
		agreements.forEach((agreement) -> calendars.put(key(agreement.agreementId(), agreement.version()),
				WorkingCalendar.of(agreement.calendar().definition())));
		Map<String, List<DeliveryFact>> deliveries = this.facts.of(clocks.stream()
			.filter((clock) -> clock.state() == ClockState.BREACHED)
			.map(Clock::obligationId)
			.filter(Objects::nonNull)
			.collect(Collectors.toSet()));
		Map<String, List<Hold>> holds = this.holds.of(clocks);
		Map<String, Statement.Line> lines = new LinkedHashMap<>();
		for (Clock clock : clocks) {
			WorkingCalendar calendar = Objects
				.requireNonNull(calendars.get(key(clock.terms().agreementId(), clock.terms().agreementVersion())));
			boolean breached = clock.state() == ClockState.BREACHED && clock.obligationId() != null;
			lines.put(clock.clockId(),
					line(clock, calendar, breached ? deliveries.getOrDefault(clock.obligationId(), List.of()) : null,
							holds.getOrDefault(clock.clockId(), List.of())));
		}
		return lines;
	}

	private static Statement.Line line(Clock clock, WorkingCalendar calendar, @Nullable List<DeliveryFact> deliveries,
			List<Hold> holds) {
		Instant start = clock.start().at();
		Fact stop = clock.stop();
		return new Statement.Line(clock.clockId(), clock.objective(), clock.period(), clock.noticeId(),
				clock.updateId(), clock.obligationId(), clock.terms().agreementId(), clock.terms().agreementVersion(),
				clock.terms().calendarId(), clock.terms().calendarVersion(), clock.target().toMillis(),
				happened(clock.start()), clock.dueAt(), clock.state(),
				Statement.Result.of(clock.state(), clock.attribution(), clock.terms().countsRecipientMiss()),
				(stop != null) ? happened(stop) : null,
				(stop != null) ? elapsed(calendar, start, stop.at(), holds).toMillis() : null, clock.attribution(),
				clock.cause(), (deliveries != null) ? deliveries.stream().map(Lines::tried).toList() : null,
				holds.isEmpty() ? null : holds.stream().map(Lines::held).toList());
	}

	private static Duration elapsed(WorkingCalendar calendar, Instant start, Instant stop, List<Hold> holds) {
		return HeldTime.elapsed(calendar, start, stop, holds.stream().map((hold) -> hold.interval(stop)).toList());
	}

	private static Statement.Held held(Hold hold) {
		// The line of a clock is written once it stands still no more.
		return new Statement.Held(hold.holdId(), hold.from(), Objects.requireNonNull(hold.until()), hold.reason());
	}

	private static Statement.Happened happened(Fact fact) {
		return new Statement.Happened(fact.at(), fact.source(), fact.type(), fact.position(), fact.eventId());
	}

	private static Statement.Tried tried(DeliveryFact fact) {
		return new Statement.Tried(fact.deliveryId(), fact.endpointId(), fact.firstAttemptAt(),
				fact.recipientFailedAt(), fact.providerFailedAt(), fact.outcome(), fact.settledAt(), fact.attempts(),
				fact.reason());
	}

	private static String key(String agreementId, int version) {
		return agreementId + "/" + version;
	}

}
