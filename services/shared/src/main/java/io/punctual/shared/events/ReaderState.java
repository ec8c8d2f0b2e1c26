package io.punctual.shared.events;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a reader, for meters and health.
 *
 * @param problem why it does not read at the moment; null if it does
 * @param halted whether a person must mend it
 * @param head the source's last position
 * @param position the last position applied
 * @param asOf the instant up to which all is applied
 * @param parked how many events are parked
 */
record ReaderState(@Nullable String problem, boolean halted, long head, long position, Instant asOf, long parked) {

	static ReaderState initial() {
		return new ReaderState(null, false, 0, 0, Instant.EPOCH, 0);
	}

	ReaderState failed(String problem, boolean halted) {
		return new ReaderState(problem, halted, this.head, this.position, this.asOf, this.parked);
	}

	long lag() {
		return Math.max(0, this.head - this.position);
	}

}
