package io.punctual.sla.clock;

import java.time.Instant;

import io.punctual.shared.events.Event;

/**
 * An instant with the event that says so: where anybody can read it again.
 *
 * @param at the instant
 * @param source the log
 * @param type the event's type
 * @param position its place in the log
 * @param eventId its id
 */
public record Fact(Instant at, String source, String type, long position, String eventId) {

	/**
	 * Another instant that the same event says.
	 */
	Fact at(Instant instant) {
		return new Fact(instant, this.source, this.type, this.position, this.eventId);
	}

	static Fact of(Event event, Instant at) {
		return new Fact(at, event.source(), event.type(), event.position(), event.id());
	}

}
