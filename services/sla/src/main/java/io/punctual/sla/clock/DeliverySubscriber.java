package io.punctual.sla.clock;

import java.util.ArrayList;
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
		int from = 0;
		while (from < events.size()) {
			String type = events.get(from).type();
			int to = from;
			while (to < events.size() && events.get(to).type().equals(type)) {
				to++;
			}
			apply(type, events.subList(from, to));
			from = to;
		}
		this.timer.wakeAfterCommit();
	}

	private void apply(String type, List<Event> events) {
		switch (type) {
			case DeliveriesSettled.TYPE -> settled(events);
			case DeliveriesFailing.TYPE -> failing(events);
			default -> acknowledged(events);
		}
	}

	private void settled(List<Event> events) {
		List<DeliveriesSettled.Item> items = new ArrayList<>();
		Map<String, Fact> satisfied = new HashMap<>();
		for (Event event : events) {
			for (DeliveriesSettled.Item item : event.data(DeliveriesSettled.class).items()) {
				items.add(item);
				if (item.obligationSatisfiedAt() != null) {
					satisfied.putIfAbsent(item.obligationId(), Fact.of(event, item.obligationSatisfiedAt()));
				}
			}
		}
		this.facts.settled(items);
		if (!satisfied.isEmpty()) {
			this.obligations.satisfied(satisfied);
		}
	}

	private void failing(List<Event> events) {
		Set<String> obligationIds = new TreeSet<>();
		for (Event event : events) {
			DeliveriesFailing failing = event.data(DeliveriesFailing.class);
			this.facts.failing(failing.items(), event.time());
			failing.items().forEach((item) -> obligationIds.add(item.obligationId()));
		}
		this.misses.attributeAgain(obligationIds);
	}

	private void acknowledged(List<Event> events) {
		Map<String, Fact> acknowledged = new HashMap<>();
		for (Event event : events) {
			ObligationAcknowledged said = event.data(ObligationAcknowledged.class);
			acknowledged.putIfAbsent(said.obligationId(), Fact.of(event, said.at()));
		}
		this.obligations.acknowledged(acknowledged);
	}

}
