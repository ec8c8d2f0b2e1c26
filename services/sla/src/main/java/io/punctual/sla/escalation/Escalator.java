package io.punctual.sla.escalation;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import io.punctual.shared.contract.AgreementTerms.Objective;
import io.punctual.shared.id.Ids;
import io.punctual.shared.time.DatabaseClock;
import io.punctual.sla.clock.Clock;
import io.punctual.sla.clock.ClockListener;
import io.punctual.sla.clock.ClockState;
import io.punctual.sla.clock.DeliveryFact;
import io.punctual.sla.clock.DeliveryFacts;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Opens an escalation when a promise of the provider is at risk, when a promise is broken
 * that has none yet, and ends it with its clock. That the time for an acknowledgement
 * runs out is nobody's concern before it has: only the recipient can do something. What
 * never was at risk costs nothing here.
 */
@Component
class Escalator implements ClockListener {

	private final Escalations escalations;

	private final ClientNames clients;

	private final DeliveryFacts facts;

	private final DatabaseClock database;

	Escalator(Escalations escalations, ClientNames clients, DeliveryFacts facts, DatabaseClock database) {
		this.escalations = escalations;
		this.clients = clients;
		this.facts = facts;
		this.database = database;
	}

	@Override
	public void became(ClockState state, List<Clock> clocks) {
		switch (state) {
			case AT_RISK ->
				open(state, clocks.stream().filter((clock) -> clock.objective() != Objective.ACKNOWLEDGEMENT).toList());
			case BREACHED -> {
				Set<String> known = new HashSet<>(this.escalations.known(clocks.stream().map(Clock::clockId).toList()));
				open(state, clocks.stream()
					// What was announced too late stays so: nobody can do anything.
					.filter((clock) -> clock.objective() != Objective.NOTICE_PERIOD)
					.filter((clock) -> !known.contains(clock.clockId()))
					.toList());
			}
			case MET -> resolve(clocks, "What was promised has happened in time.");
			case VOID -> resolve(clocks, "Nothing is owed any more.");
			case RUNNING -> {
			}
		}
	}

	@Override
	public void stoppedLate(List<Clock> clocks) {
		resolve(clocks, "What was promised has happened, too late.");
	}

	private void open(ClockState state, List<Clock> clocks) {
		if (clocks.isEmpty()) {
			return;
		}
		Map<String, String> names = this.clients.of(clocks.stream().map(Clock::clientId).toList());
		Map<String, List<DeliveryFact>> deliveries = this.facts
			.of(clocks.stream().map(Clock::obligationId).filter(Objects::nonNull).collect(Collectors.toSet()));
		Instant now = this.database.now();
		this.escalations.open(clocks.stream()
			.filter((clock) -> names.containsKey(clock.clientId()))
			.map((clock) -> new Escalation(Ids.next("esc"), clock.clockId(), clock.clientId(), clock.noticeId(),
					clock.objective(), clock.drill(), state, reason(clock.objective(), of(clock, deliveries)),
					clock.dueAt(), EscalationState.OPEN, now, null, null, 1))
			.toList(), names);
	}

	private void resolve(List<Clock> clocks, String why) {
		// Of a clock that was never at risk there is nothing to end.
		List<String> clockIds = clocks.stream()
			.filter((clock) -> clock.state() != ClockState.RUNNING)
			.map(Clock::clockId)
			.toList();
		if (clockIds.isEmpty()) {
			return;
		}
		List<Escalation> over = this.escalations.unresolved(clockIds);
		if (!over.isEmpty()) {
			this.escalations.move(over, EscalationState.RESOLVED, new Escalation.Step(this.database.now(), null, why),
					this.clients.of(over.stream().map(Escalation::clientId).toList()));
		}
	}

	private static @Nullable List<DeliveryFact> of(Clock clock, Map<String, List<DeliveryFact>> deliveries) {
		return (clock.obligationId() != null) ? deliveries.get(clock.obligationId()) : null;
	}

	private static String reason(Objective objective, @Nullable List<DeliveryFact> deliveries) {
		return switch (objective) {
			case FIRST_UPDATE -> "Nothing has been published yet.";
			case PERIODIC_UPDATE -> "No further update has been published.";
			case NOTICE_PERIOD -> "The maintenance was announced too late.";
			case ACKNOWLEDGEMENT -> "Nobody has acknowledged it.";
			case DELIVERY -> (deliveries == null) ? "Nothing has arrived, and no attempt is known."
					: deliveries.stream()
						.map(DeliveryFact::reason)
						.filter(Objects::nonNull)
						.findFirst()
						.map((reason) -> shorten("Nothing has arrived: " + reason + "."))
						.orElse("Nothing has arrived as it was promised.");
		};
	}

	private static String shorten(String text) {
		return (text.length() > 255) ? text.substring(0, 255) : text;
	}

}
