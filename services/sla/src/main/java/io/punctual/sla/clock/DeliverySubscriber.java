package io.punctual.sla.clock;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.punctual.shared.contract.DeliveriesFailing;
import io.punctual.shared.contract.DeliveriesSettled;
import io.punctual.shared.contract.ObligationAcknowledged;
import io.punctual.shared.events.Event;
import io.punctual.shared.events.EventSubscriber;

import org.springframework.stereotype.Component;

/**
 * Takes note of what arrived, what fails and what was acknowledged.
 */
@Component
class DeliverySubscriber implements EventSubscriber {

	private final Obligations obligations;

	private final DeliveryFacts facts;

	private final Misses misses;

	private final ClockTimer timer;

	DeliverySubscriber(Obligations obligations, DeliveryFacts facts, Misses misses, ClockTimer timer) {
		this.obligations = obligations;
		this.facts = facts;
		this.misses = misses;
		this.timer = timer;
	}

	@Override
	public String source() {
		return "delivery";
	}

	@Override
	public Set<String> types() {
		return Set.of(DeliveriesSettled.TYPE, DeliveriesFailing.TYPE, ObligationAcknowledged.TYPE);
	}

	@Override
	public Set<String> ignores() {
		return Set.of("endpoint.verified", "endpoint.verification_failed", "endpoint.gone");
	}

	@Override
	public void apply(List<Event> events) {
		for (Event event : events) {
			switch (event.type()) {
				case DeliveriesSettled.TYPE -> settled(event, event.data(DeliveriesSettled.class));
				case DeliveriesFailing.TYPE -> failing(event, event.data(DeliveriesFailing.class));
				default -> {
					ObligationAcknowledged said = event.data(ObligationAcknowledged.class);
					this.obligations.acknowledged(Map.of(said.obligationId(), Fact.of(event, said.at())));
				}
			}
		}
		this.timer.wakeAfterCommit();
	}

	private void settled(Event event, DeliveriesSettled settled) {
		this.facts.settled(settled.items());
		Map<String, Fact> satisfied = new HashMap<>();
		for (DeliveriesSettled.Item item : settled.items()) {
			if (item.obligationSatisfiedAt() != null) {
				satisfied.putIfAbsent(item.obligationId(), Fact.of(event, item.obligationSatisfiedAt()));
			}
		}
		if (!satisfied.isEmpty()) {
			this.obligations.satisfied(satisfied);
		}
	}

	private void failing(Event event, DeliveriesFailing failing) {
		this.facts.failing(failing.items(), event.time());
		Set<String> obligationIds = new TreeSet<>();
		failing.items().forEach((item) -> obligationIds.add(item.obligationId()));
		this.misses.attributeAgain(obligationIds);
	}

}
