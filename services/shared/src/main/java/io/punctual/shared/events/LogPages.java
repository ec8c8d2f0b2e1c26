package io.punctual.shared.events;

import java.time.Duration;
import java.util.List;

/**
 * Reads pages of the log, waiting for events if there are none.
 */
class LogPages {

	/** So many are no burden, however large. */
	private static final int UNMEASURED = 32;

	private final LogTables tables;

	private final LogWatch watch;

	private final String source;

	LogPages(LogTables tables, LogWatch watch, String source) {
		this.tables = tables;
		this.watch = watch;
		this.source = source;
	}

	/**
	 * Read the events after a position.
	 * @param after the last position that the caller has
	 * @param limit at most so many
	 * @param wait how long to wait for the first
	 * @param gather how long to wait for more, once there is one
	 * @return the page, perhaps without events; no transaction and no connection is held
	 * while it waits
	 */
	EventPage read(long after, int limit, Duration wait, Duration gather) {
		LogHead head = this.tables.completeHead();
		if (head.pos() <= after && !wait.isZero()) {
			this.watch.isAt(head.pos());
			head = await(head, after, wait);
		}
		if (head.pos() > after && head.pos() - after < limit && !gather.isZero()) {
			head = gather(head, gather);
		}
		List<StoredEvent> rows = (head.pos() > after) ? this.tables.after(after, most(head, after, limit)) : List.of();
		return EventPage.of(head, this.source, after, rows);
	}

	/**
	 * Many events may be more than this process has memory for: then they are measured
	 * first.
	 */
	private int most(LogHead head, long after, int limit) {
		return (Math.min(head.pos() - after, limit) > UNMEASURED)
				? this.tables.countAfter(after, limit, EventPage.MOST_CHARACTERS) : limit;
	}

	private LogHead gather(LogHead head, Duration gather) {
		try {
			Thread.sleep(gather);
			return this.tables.completeHead();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return head;
		}
	}

	private LogHead await(LogHead head, long after, Duration wait) {
		try {
			this.watch.await(after, wait);
			return this.tables.completeHead();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return head;
		}
	}

}
