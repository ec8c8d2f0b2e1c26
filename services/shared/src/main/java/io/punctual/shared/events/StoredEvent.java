package io.punctual.shared.events;

import java.time.Instant;

/**
 * A row of the log.
 */
record StoredEvent(long position, String type, String subject, Instant time, boolean ignorable, String correlationId,
		String data, Instant appendedAt) {
}
