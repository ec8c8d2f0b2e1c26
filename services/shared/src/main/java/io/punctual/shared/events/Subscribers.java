package io.punctual.shared.events;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.punctual.shared.observability.Correlation;
import org.slf4j.MDC;

/**
 * The subscribers of one source.
 */
class Subscribers {

	private final List<EventSubscriber> subscribers;

	private final Set<String> known = new HashSet<>();

	Subscribers(List<EventSubscriber> subscribers) {
		this.subscribers = List.copyOf(subscribers);
		for (EventSubscriber subscriber : subscribers) {
			this.known.addAll(subscriber.types());
			this.known.addAll(subscriber.ignores());
		}
	}

	boolean mayPass(ReceivedEvent event) {
		return event.ignorable() || this.known.contains(event.event().type());
	}

	void startSnapshot() {
		this.subscribers.forEach(EventSubscriber::startSnapshot);
	}

	/**
	 * Give events to whoever wants their types, in order, as runs that are as long as
	 * they can be.
	 */
	void apply(List<Event> events) {
		List<EventSubscriber> present = List.of();
		List<Event> run = new ArrayList<>();
		for (Event event : events) {
			List<EventSubscriber> wanting = wanting(event.type());
			if (wanting.isEmpty()) {
				continue;
			}
			if (!wanting.equals(present)) {
				give(run, present);
				run = new ArrayList<>();
				present = wanting;
			}
			run.add(event);
		}
		give(run, present);
	}

	private List<EventSubscriber> wanting(String type) {
		return this.subscribers.stream().filter((subscriber) -> subscriber.types().contains(type)).toList();
	}

	private static void give(List<Event> run, List<EventSubscriber> subscribers) {
		if (run.isEmpty()) {
			return;
		}
		List<Event> events = List.copyOf(run);
		String correlationId = events.getFirst().correlationId();
		if (events.stream().allMatch((event) -> event.correlationId().equals(correlationId))) {
			try (Correlation.Scope scope = Correlation.open(correlationId)) {
				subscribers.forEach((subscriber) -> subscriber.apply(events));
			}
		}
		else {
			// Of several requests: better no correlation id than a wrong one.
			MDC.remove(Correlation.MDC_KEY);
			subscribers.forEach((subscriber) -> subscriber.apply(events));
		}
	}

}
