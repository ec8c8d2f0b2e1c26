package io.punctual.local.edge.integration;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Ends exchanges that take too long in all. One thread looks at all of them every few
 * milliseconds: to wake one for each exchange would cost more than the rest of it.
 */
final class Deadlines implements AutoCloseable {

	private static final long TICK = Duration.ofMillis(20).toNanos();

	private final Set<Deadline> open = ConcurrentHashMap.newKeySet();

	private final Thread ticker = Thread.ofPlatform().daemon().name("deadlines").unstarted(this::tick);

	private volatile boolean closed;

	Deadlines() {
		this.ticker.start();
	}

	/**
	 * The end of one exchange's time.
	 */
	final class Deadline {

		private final long at;

		private final Runnable expired;

		private Deadline(long at, Runnable expired) {
			this.at = at;
			this.expired = expired;
		}

		/**
		 * The exchange has ended in time.
		 */
		void end() {
			Deadlines.this.open.remove(this);
		}

	}

	Deadline begin(Duration limit, Runnable expired) {
		Deadline deadline = new Deadline(System.nanoTime() + limit.toNanos(), expired);
		this.open.add(deadline);
		return deadline;
	}

	private void tick() {
		while (!this.closed) {
			long now = System.nanoTime();
			for (Deadline deadline : this.open) {
				if (deadline.at - now <= 0 && this.open.remove(deadline)) {
					// Closing a connection can wait for its peer: not on this thread.
					Thread.ofVirtual().start(deadline.expired);
				}
			}
			LockSupport.parkNanos(TICK);
		}
	}

	@Override
	public void close() {
		this.closed = true;
	}

}
