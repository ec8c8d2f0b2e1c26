package io.punctual.shared.events;

import java.time.Instant;

/**
 * An event that is set aside. What it says is left out: it may name people.
 *
 * @param eventId its id
 * @param source the service that told it
 * @param position its place in that service's log
 * @param type what kind of event it is
 * @param subject what it is about
 * @param time when it happened
 * @param correlationId of the request that caused it
 * @param reason why it could not be applied
 * @param parkedAt since when it is set aside
 */
record ParkedEvent(String eventId, String source, long position, String type, String subject, Instant time,
		String correlationId, String reason, Instant parkedAt) {
}
