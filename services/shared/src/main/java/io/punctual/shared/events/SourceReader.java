package io.punctual.shared.events;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

import io.punctual.shared.release.WorkGate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Reads one source's log, when asked to.
 */
class SourceReader implements EventReader {

	private static final Logger logger = LoggerFactory.getLogger(SourceReader.class);

	/**
	 * A gap closes as soon as a transaction that has committed is seen; this is far
	 * longer.
	 */
	private static final int MOST_IDLE_STEPS = 250;

	private static final Duration PAUSE_WHEN_IDLE = Duration.ofMillis(2);

	private final String source;

	private final SourceClient client;

	private final InboxTables tables;

	private final Inbox inbox;

	private final int pageSize;

	private final WorkGate gate;

	private final ReentrantLock pulling = new ReentrantLock();

	private volatile long pullsBegun;

	private volatile @Nullable InboxCursor latest;

	private volatile ReaderState state = ReaderState.initial();

	SourceReader(String source, SourceClient client, InboxTables tables, Inbox inbox, int pageSize, WorkGate gate) {
		this.source = source;
		this.client = client;
		this.tables = tables;
		this.inbox = inbox;
		this.pageSize = pageSize;
		this.gate = gate;
	}

	@Override
	public String source() {
		return this.source;
	}

	@Override
	@SuppressWarnings("NonAtomicOperationOnVolatileField")
	public void pull() {
		if (TransactionSynchronizationManager.isActualTransactionActive()) {
			throw new IllegalStateException("A log is pulled outside of transactions");
		}
		if (!this.gate.isTrusted()) {
			// What this release would make of the events, nobody has seen yet.
			return;
		}
		long begun = this.pullsBegun;
		this.pulling.lock();
		try {
			// Another call's pull that began after this call came is as good as an own
			// one.
			if (this.pullsBegun > begun) {
				return;
			}
			this.pullsBegun++;
			pullToTheHead();
		}
		catch (SourceUnavailableException | ReaderHaltedException ex) {
			failed(ex);
		}
		finally {
			this.pulling.unlock();
		}
	}

	private void pullToTheHead() {
		int idle = 0;
		while (idle < MOST_IDLE_STEPS) {
			long before = this.state.position();
			if (step(Duration.ZERO) == Inbox.Progress.AT_THE_HEAD) {
				return;
			}
			if (this.state.position() == before) {
				idle++;
				LockSupport.parkNanos(PAUSE_WHEN_IDLE.toNanos());
			}
		}
	}

	/**
	 * Read a page and apply it.
	 * @param wait how long the source may wait for events
	 */
	Inbox.Progress step(Duration wait) {
		// As of the last step, if that went well: when another reader has moved it since,
		// this page is discarded.
		InboxCursor latest = this.latest;
		this.latest = null;
		InboxCursor cursor = (latest != null) ? latest : this.tables.cursor(this.source);
		ReceivedPage page = this.client.poll(cursor.pos(), wait, this.pageSize);
		Inbox.Progress progress = this.inbox.apply(cursor, page);
		if (progress == Inbox.Progress.TOO_LATE_FOR_THE_LOG) {
			logger.info("{} has no events after {} any more, taking its snapshot", this.source, cursor.pos());
			this.inbox.apply(cursor, this.client.snapshot());
		}
		succeeded(page.head());
		return progress;
	}

	private void succeeded(long head) {
		InboxCursor cursor = this.tables.cursor(this.source);
		ReaderState former = this.state;
		this.latest = cursor;
		this.state = new ReaderState(null, false, head, cursor.pos(), cursor.asOf(), cursor.parked());
		if (former.problem() != null) {
			logger.info("{} is read again", this.source);
		}
	}

	/**
	 * Note what went wrong, and log it when it is news.
	 */
	void failed(RuntimeException failure) {
		ReaderState former = this.state;
		boolean halted = failure instanceof ReaderHaltedException;
		String problem = String.valueOf(failure.getMessage());
		this.state = former.failed(problem, halted);
		if (former.problem() != null && former.halted() == halted) {
			logger.debug("{} still cannot be read", this.source, failure);
		}
		else if (halted) {
			logger.error("The reader of {} has halted: {}", this.source, problem);
		}
		else if (failure instanceof SourceUnavailableException) {
			logger.warn("{} {}; trying on", this.source, problem);
		}
		else {
			logger.warn("The events of {} cannot be applied now; trying on", this.source, failure);
		}
	}

	void hangUp() {
		this.client.hangUp();
	}

	ReaderState state() {
		return this.state;
	}

	Inbox inbox() {
		return this.inbox;
	}

	@Override
	public Instant asOf() {
		return this.tables.cursor(this.source).asOf();
	}

	@Override
	public long position() {
		return this.tables.cursor(this.source).pos();
	}

	@Override
	public long holdPosition() {
		if (!TransactionSynchronizationManager.isActualTransactionActive()) {
			throw new IllegalStateException("A position is held by a transaction");
		}
		for (TransactionSynchronization one : TransactionSynchronizationManager.getSynchronizations()) {
			if (one instanceof Held held && held.reader() == this) {
				return held.position();
			}
		}
		long position = this.tables.lock(this.source, false).pos();
		TransactionSynchronizationManager.registerSynchronization(new Held(this, position));
		return position;
	}

	/** That the present transaction holds a position already. */
	private record Held(SourceReader reader, long position) implements TransactionSynchronization {
	}

	@Override
	public Set<String> parkedSubjects() {
		return this.tables.parkedSubjects(this.source);
	}

}
