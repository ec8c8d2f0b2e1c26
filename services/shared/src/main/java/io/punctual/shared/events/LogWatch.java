package io.punctual.shared.events;

import java.time.Duration;
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
 * waits. As the service stops, or its release drains, nobody waits any longer.
 */
class LogWatch implements SmartLifecycle, GatedWork {

	private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

	/** Long enough for a reader not to spin, short enough for it to move on. */
	private static final Duration WHILE_DRAINING = Duration.ofMillis(500);

	private static final Logger logger = LoggerFactory.getLogger(LogWatch.class);

	private final LongSupplier head;

	private final Duration interval;

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

	void grew(long position) {
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
			grew(this.head.getAsLong());
			return this.interval;
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

}
