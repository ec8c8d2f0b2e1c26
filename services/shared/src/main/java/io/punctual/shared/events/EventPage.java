package io.punctual.shared.events;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A page of the log as it travels.
 *
 * @param epoch whose positions these are
 * @param head the last position when the page was read
 * @param tail the first position that is kept
 * @param asOf the instant up to which log and page together are complete; null if nothing
 * can be said
 * @param events consecutive events
 */
record EventPage(String epoch, long head, long tail, @Nullable Instant asOf, List<CloudEvent> events) {

	/** By how much an event's own instant may precede its append. */
	static final Duration HORIZON = Duration.ofMillis(500);

	/**
	 * Where a page ends early: events may be large, and a reader applies a page in one
	 * transaction.
	 */
	static final int MOST_CHARACTERS = 4_000_000;

	/**
	 * Make the page that follows a position.
	 * @param head the head, read before the events while no append was under way
	 * @param rows what is stored after the position, perhaps with a gap: an instance of
	 * MariaDB can see a transaction before the one that committed earlier
	 */
	static EventPage of(LogHead head, String source, long after, List<StoredEvent> rows) {
		List<CloudEvent> events = new ArrayList<>();
		Instant asOf = null;
		long reached = after;
		int characters = 0;
		for (StoredEvent row : rows) {
			characters += row.data().length();
			if (row.position() != reached + 1 || (characters > MOST_CHARACTERS && !events.isEmpty())) {
				break;
			}
			reached = row.position();
			events.add(CloudEvent.of(row, head.epoch(), source));
			// Whatever follows was appended no earlier, so it may carry this instant, but
			// none before it.
			asOf = row.appendedAt().minus(HORIZON).minus(1, ChronoUnit.MICROS);
		}
		if (reached >= head.pos()) {
			asOf = head.now().minus(HORIZON).minus(1, ChronoUnit.MICROS);
		}
		return new EventPage(head.epoch(), head.pos(), head.tail(), asOf, events);
	}

	/**
	 * Return the time that an event has in the log.
	 * @throws StaleInstantException if its own is too old, and may not be replaced
	 */
	static Instant timeAt(NewEvent event, Instant appendedAt) {
		Instant time = event.time().truncatedTo(ChronoUnit.MICROS);
		if (!time.isBefore(appendedAt.minus(HORIZON))) {
			return time;
		}
		if (event.isRestampable()) {
			return appendedAt;
		}
		throw StaleInstantException.of(event, appendedAt);
	}

}
