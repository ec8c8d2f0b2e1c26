package io.punctual.shared.events;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

import io.punctual.shared.release.GatedWork;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;

/**
 * Lets any number of polls wait for the log to grow: this instance's commits wake them
 * directly, those of others are seen by one thread that looks at the head while somebody
 * waits: often once it has found that others append too, seldom as long as all of the log
 * is this instance's own. As the service stops, or its release drains, nobody waits any
 * longer.
 */
class LogWatch implements SmartLifecycle, GatedWork {

	private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

	/** How much less often it looks while nobody else appends. */
	private static final int WHILE_ALONE = 4;

	/** So long after others' last event they are thought to append still. */
	private static final Duration COMPANY = Duration.ofSeconds(30);

	/** Long enough for a reader not to spin, short enough for it to move on. */
	private static final Duration WHILE_DRAINING = Duration.ofMillis(500);

	private static final Logger logger = LoggerFactory.getLogger(LogWatch.class);

	private final LongSupplier head;

	private final Duration interval;

	private final Company company = new Company();

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition grown = this.lock.newCondition();

	private final Condition wanted = this.lock.newCondition();

	private long known;

	private int waiting;

	/** How often everybody was sent away. */
	private int dismissals;

	private boolean draining;

	private volatile boolean running;

	private @Nullable Thread watcher;

	LogWatch(LongSupplier head, Duration interval) {
		this.head = head;
		this.interval = interval;
	}

	/**
	 * Wait until the log is known to be longer.
	 * @param after the last position that the caller has
	 * @param most how long to wait
	 * @return false if the time ran out, or the service stops or drains
	 */
	boolean await(long after, Duration most) throws InterruptedException {
		this.lock.lockInterruptibly();
		try {
			this.waiting++;
			this.wanted.signal();
			int before = this.dismissals;
			long left = (this.draining ? WHILE_DRAINING : most).toNanos();
			while (this.known <= after && this.running && this.dismissals == before && left > 0) {
				left = this.grown.awaitNanos(left);
			}
			return this.known > after;
		}
		finally {
			this.waiting--;
			this.lock.unlock();
		}
	}

	boolean isWaitedFor() {
		this.lock.lock();
		try {
			return this.waiting > 0;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * This instance has appended.
	 * @param position the last event's
	 * @param count how many events
	 */
	void appended(long position, int count) {
		this.company.appended(count);
		grew(position);
	}

	private void grew(long position) {
		this.lock.lock();
		try {
			if (position > this.known) {
				this.known = position;
				this.grown.signalAll();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Take back what was known, when the head turns out to be behind it: a schema was
	 * restored.
	 */
	void isAt(long position) {
		this.lock.lock();
		try {
			this.known = Math.min(this.known, position);
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public void start() {
		this.running = true;
		this.watcher = Thread.ofVirtual().name("log-watch").start(this::watch);
	}

	@Override
	public void startWork() {
		drain(false);
	}

	/**
	 * Another release works now: polls are answered, so that they find their way to it.
	 */
	@Override
	public void stopWork() {
		drain(true);
	}

	private void drain(boolean draining) {
		this.lock.lock();
		try {
			this.draining = draining;
			if (draining) {
				this.dismissals++;
				this.grown.signalAll();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private void watch() {
		try {
			while (this.running) {
				awaitSomebody();
				Thread.sleep(look());
			}
		}
		catch (InterruptedException ex) {
			logger.debug("The log is no longer watched");
		}
	}

	private void awaitSomebody() throws InterruptedException {
		this.lock.lockInterruptibly();
		try {
			while (this.waiting == 0) {
				this.wanted.await();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private Duration look() {
		try {
			long position = this.head.getAsLong();
			grew(position);
			return this.company.isNear(position) ? this.interval : this.interval.multipliedBy(WHILE_ALONE);
		}
		catch (RuntimeException ex) {
			logger.debug("The log's head cannot be read", ex);
			return PAUSE_AFTER_FAILURE;
		}
	}

	@Override
	public void stop() {
		this.lock.lock();
		try {
			this.running = false;
			this.grown.signalAll();
		}
		finally {
			this.lock.unlock();
		}
		Thread watcher = this.watcher;
		if (watcher != null) {
			watcher.interrupt();
			this.watcher = null;
		}
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	/**
	 * Stops before the web server waits for the requests in hand: they are the polls.
	 */
	@Override
	public int getPhase() {
		return DEFAULT_PHASE;
	}

	/**
	 * Whether other instances append, by what is in the log beyond one's own events:
	 * positions are dense.
	 */
	private static final class Company {

		private final AtomicLong own = new AtomicLong();

		private long others = Long.MAX_VALUE;

		private long suspected = Long.MAX_VALUE;

		private long until = System.nanoTime();

		void appended(int count) {
			this.own.addAndGet(count);
		}

		/** Called by the one thread that looks. */
		boolean isNear(long position) {
			long now = System.nanoTime();
			long beyond = position - this.own.get();
			if (beyond > this.others && beyond == this.suspected) {
				// Not an own commit that was just not counted yet: that would be by now.
				this.until = now + COMPANY.toNanos();
				this.others = beyond;
			}
			this.suspected = beyond;
			this.others = Math.min(this.others, beyond);
			return now - this.until < 0;
		}

	}

}
