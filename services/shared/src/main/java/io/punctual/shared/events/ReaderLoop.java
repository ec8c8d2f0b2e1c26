package io.punctual.shared.events;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one reader reading on a thread of its own, while this instance holds the source's
 * lease.
 */
class ReaderLoop {

	private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

	private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

	private static final Duration PAUSE_WITHOUT_LEASE = Duration.ofSeconds(1);

	private static final Duration PAUSE_BEFORE_MORE = Duration.ofMillis(2);

	private static final Duration GRACE = Duration.ofSeconds(10);

	private static final Logger logger = LoggerFactory.getLogger(ReaderLoop.class);

	private final SourceReader reader;

	private final InboxTables tables;

	private final Duration pollWait;

	private final String owner;

	private volatile boolean running;

	private volatile boolean leased;

	private @Nullable Thread thread;

	ReaderLoop(SourceReader reader, InboxTables tables, Duration pollWait, String owner) {
		this.reader = reader;
		this.tables = tables;
		this.pollWait = pollWait;
		this.owner = owner;
	}

	void start() {
		this.running = true;
		this.thread = Thread.ofVirtual().name("read-" + this.reader.source()).start(this::run);
	}

	private void run() {
		int failures = 0;
		try {
			while (this.running) {
				try {
					if (!this.leased && !lease()) {
						Thread.sleep(PAUSE_WITHOUT_LEASE);
						continue;
					}
					readOn();
					failures = 0;
				}
				catch (RuntimeException ex) {
					if (this.running) {
						this.reader.failed(ex);
						Thread.sleep(pause(++failures));
					}
				}
			}
		}
		catch (InterruptedException ex) {
			logger.debug("{} is no longer read", this.reader.source());
		}
	}

	private boolean lease() {
		this.tables.cursor(this.reader.source());
		this.leased = this.tables.lease(this.reader.source(), this.owner);
		return this.leased;
	}

	private void readOn() throws InterruptedException {
		long before = this.reader.state().position();
		if (this.reader.step(this.pollWait) == Inbox.Progress.MORE && this.reader.state().position() == before) {
			// A gap that is about to close, or another reader at work.
			Thread.sleep(PAUSE_BEFORE_MORE);
		}
	}

	private static Duration pause(int failures) {
		Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failures - 1, 10));
		return (pause.compareTo(LONGEST_PAUSE) < 0) ? pause : LONGEST_PAUSE;
	}

	/**
	 * Renew the lease, if it is held.
	 */
	void renew() {
		if (this.leased) {
			try {
				this.leased = this.tables.lease(this.reader.source(), this.owner);
			}
			catch (RuntimeException ex) {
				logger.debug("The lease of {} cannot be renewed now", this.reader.source(), ex);
			}
		}
	}

	void stop() {
		this.running = false;
		this.reader.hangUp();
	}

	void awaitEnd() {
		Thread thread = this.thread;
		if (thread == null) {
			return;
		}
		try {
			for (long left = GRACE.toMillis(); left > 0 && !thread.join(Duration.ofMillis(50)); left -= 50) {
				// The poll may have begun just after the first time.
				this.reader.hangUp();
			}
			thread.interrupt();
			if (this.leased) {
				this.leased = false;
				this.tables.release(this.reader.source(), this.owner);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (RuntimeException ex) {
			logger.debug("The lease of {} is left to run out", this.reader.source(), ex);
		}
	}

}
