package io.punctual.shared.events;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

import io.punctual.shared.transaction.Transactions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies what was read from one source: the cursor moves in the transaction of the
 * effects, as its first statement, so that of any number of readers one applies an event,
 * once.
 */
class Inbox {

	/** How often an event may fail by itself before it is parked. */
	private static final int ATTEMPTS = 3;

	private static final int SNAPSHOT_RUN = 500;

	private static final Logger logger = LoggerFactory.getLogger(Inbox.class);

	private final String source;

	private final InboxTables tables;

	private final Transactions transactions;

	private final Subscribers subscribers;

	private final Supplier<Instant> clock;

	Inbox(String source, InboxTables tables, Transactions transactions, Subscribers subscribers,
			Supplier<Instant> clock) {
		this.source = source;
		this.tables = tables;
		this.transactions = transactions;
		this.subscribers = subscribers;
		this.clock = clock;
	}

	/**
	 * Apply a page as far as can be.
	 * @param cursor where the page was asked from
	 * @param page the page
	 * @return whether to go on
	 * @throws ReaderHaltedException if only a person can mend it
	 */
	Progress apply(InboxCursor cursor, ReceivedPage page) {
		requireSameHistory(cursor, page.epoch(), page.head());
		if (cursor.pos() + 1 < page.tail()) {
			return Progress.TOO_LATE_FOR_THE_LOG;
		}
		ReceivedPage dense = page.following(cursor.pos());
		ReceivedPage passable = dense.first(countPassable(dense));
		boolean applied = passable.events().isEmpty() ? touch(cursor, passable) : applyEvents(cursor, passable);
		if (passable != dense) {
			ReceivedEvent stranger = dense.events().get(passable.events().size());
			throw new ReaderHaltedException("Nobody here knows the event %s of %s (position %d)"
				.formatted(stranger.event().type(), this.source, stranger.position()));
		}
		boolean reached = cursor.pos() + passable.events().size() >= page.head();
		return (applied && reached) ? Progress.AT_THE_HEAD : Progress.MORE;
	}

	private void requireSameHistory(InboxCursor cursor, String epoch, long head) {
		if (cursor.epoch() != null && !cursor.epoch().equals(epoch)) {
			throw new ReaderHaltedException("%s has the epoch %s, its events up to %d were of %s".formatted(this.source,
					epoch, cursor.pos(), cursor.epoch()));
		}
		if (cursor.pos() > head) {
			throw new ReaderHaltedException("%s has %d events, %d were read: its schema went back in time"
				.formatted(this.source, head, cursor.pos()));
		}
	}

	private int countPassable(ReceivedPage page) {
		int count = 0;
		while (count < page.events().size() && this.subscribers.mayPass(page.events().get(count))) {
			count++;
		}
		return count;
	}

	private boolean touch(InboxCursor cursor, ReceivedPage page) {
		Instant asOf = page.asOf();
		if (asOf == null || !asOf.isAfter(cursor.asOf())) {
			return true;
		}
		return this.tables.move(cursor, page.epoch(), cursor.pos(), asOf);
	}

	private boolean applyEvents(InboxCursor cursor, ReceivedPage page) {
		List<Event> events = page.events().stream().map(ReceivedEvent::event).toList();
		try {
			return applyTogether(cursor, page.epoch(), events, page.asOf());
		}
		catch (RuntimeException ex) {
			if (Surroundings.explain(ex)) {
				throw ex;
			}
			logger.warn("Events {} to {} of {} cannot be applied together, going on one by one",
					events.getFirst().position(), events.getLast().position(), this.source, ex);
			return applyOneByOne(cursor, page, events);
		}
	}

	private boolean applyTogether(InboxCursor from, String epoch, List<Event> events, @Nullable Instant asOf) {
		return this.transactions.write(() -> {
			if (!this.tables.move(from, epoch, events.getLast().position(), asOf)) {
				return false;
			}
			Set<String> parked = this.tables.parkedSubjects(this.source);
			List<Event> healthy = new ArrayList<>(events.size());
			for (Event event : events) {
				if (parked.contains(event.subject())) {
					this.tables.park(this.source, event, "An earlier event of its subject is parked", this.clock.get());
				}
				else {
					healthy.add(event);
				}
			}
			this.subscribers.apply(healthy);
			return true;
		});
	}

	private boolean applyOneByOne(InboxCursor cursor, ReceivedPage page, List<Event> events) {
		InboxCursor from = cursor;
		for (Event event : events) {
			Instant asOf = (event == events.getLast()) ? page.asOf() : null;
			if (!applyOrPark(from, page.epoch(), event, asOf)) {
				return false;
			}
			from = new InboxCursor(this.source, page.epoch(), event.position(), cursor.asOf(), cursor.parked());
		}
		return true;
	}

	private boolean applyOrPark(InboxCursor from, String epoch, Event event, @Nullable Instant asOf) {
		for (int attempt = 1;; attempt++) {
			try {
				return applyTogether(from, epoch, List.of(event), asOf);
			}
			catch (RuntimeException ex) {
				if (Surroundings.explain(ex)) {
					throw ex;
				}
				if (attempt == ATTEMPTS) {
					logger.error("Event {} ({} of {}) is parked", event.id(), event.type(), event.subject(), ex);
					return this.transactions.write(() -> {
						boolean moved = this.tables.move(from, epoch, event.position(), asOf);
						if (moved) {
							this.tables.park(this.source, event, ex.toString(), this.clock.get());
						}
						return moved;
					});
				}
			}
		}
	}

	/**
	 * Apply a snapshot in one transaction: what was parked is made up for by it.
	 * @return whether nobody else had moved the cursor meanwhile
	 */
	boolean apply(InboxCursor cursor, ReceivedSnapshot snapshot) {
		requireSameHistory(cursor, snapshot.epoch(), snapshot.position());
		snapshot.events()
			.stream()
			.filter((event) -> !this.subscribers.mayPass(event))
			.findFirst()
			.ifPresent((event) -> {
				throw new ReaderHaltedException("Nobody here knows the event %s of %s (in its snapshot)"
					.formatted(event.event().type(), this.source));
			});
		List<Event> events = snapshot.events().stream().map(ReceivedEvent::event).toList();
		return this.transactions.write(() -> {
			if (!this.tables.move(cursor, snapshot.epoch(), snapshot.position(), snapshot.asOf())) {
				return false;
			}
			this.tables.unparkAll(this.source);
			this.subscribers.startSnapshot();
			for (int i = 0; i < events.size(); i += SNAPSHOT_RUN) {
				this.subscribers.apply(events.subList(i, Math.min(events.size(), i + SNAPSHOT_RUN)));
			}
			return true;
		});
	}

	/**
	 * Apply what is parked of a subject; all or nothing.
	 * @return how many events that were
	 */
	int replay(String subject) {
		return this.transactions.write(() -> {
			// The reader waits: an event that it is about to park would come too late for
			// this.
			this.tables.lock(this.source, true);
			List<Event> events = this.tables.parked(this.source, subject);
			this.subscribers.apply(events);
			events.forEach((event) -> this.tables.unpark(this.source, event));
			return events.size();
		});
	}

	/**
	 * Park what was applied as far as the cursor goes and is not in effect.
	 */
	void park(List<Event> events, String reason) {
		this.transactions.write(() -> {
			// The reader waits: a later event of the subject would not see this.
			this.tables.lock(this.source, true);
			events.forEach((event) -> this.tables.park(this.source, event, reason, this.clock.get()));
		});
	}

	/**
	 * Give up what is parked of a subject.
	 * @return how many events that were
	 */
	int discard(String subject) {
		return this.transactions.write(() -> {
			this.tables.lock(this.source, true);
			List<Event> events = this.tables.parked(this.source, subject);
			events.forEach((event) -> this.tables.unpark(this.source, event));
			return events.size();
		});
	}

	/**
	 * How applying a page went.
	 */
	enum Progress {

		/** All that the source had is applied. */
		AT_THE_HEAD,

		/** Ask again: there is more, or somebody else was quicker. */
		MORE,

		/** The source has deleted what should come next. */
		TOO_LATE_FOR_THE_LOG

	}

}
