package io.punctual.shared.events;

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
	 * Give each subscriber the events of its types, in order and all at once: it then
	 * applies many at the price of one. Subscribers keep tables of their own, so none
	 * sees what another makes of the same events.
	 */
	void apply(List<Event> events) {
		for (EventSubscriber subscriber : this.subscribers) {
			give(events.stream().filter((event) -> subscriber.types().contains(event.type())).toList(), subscriber);
		}
	}

	private static void give(List<Event> events, EventSubscriber subscriber) {
		if (events.isEmpty()) {
			return;
		}
		String correlationId = events.getFirst().correlationId();
		if (events.stream().allMatch((event) -> event.correlationId().equals(correlationId))) {
			try (Correlation.Scope scope = Correlation.open(correlationId)) {
				subscriber.apply(events);
			}
		}
		else {
			// Of several requests: better no correlation id than a wrong one.
			MDC.remove(Correlation.MDC_KEY);
			subscriber.apply(events);
		}
	}

}
