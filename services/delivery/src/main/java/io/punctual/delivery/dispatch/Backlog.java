package io.punctual.delivery.dispatch;

import java.time.Duration;

/**
 * What is handed to a writer and not written yet, and since when nothing was. It knows no
 * time of its own, so that it can be told any.
 */
final class Backlog {

	private int size;

	private long sinceNanos;

	synchronized void added(long nowNanos) {
		if (this.size++ == 0) {
			this.sinceNanos = nowNanos;
		}
	}

	synchronized void written(int count, long nowNanos) {
		this.size -= count;
		this.sinceNanos = nowNanos;
	}

	synchronized int size() {
		return this.size;
	}

	/** For how long something has waited while nothing was written. */
	synchronized Duration stalled(long nowNanos) {
		return (this.size > 0) ? Duration.ofNanos(nowNanos - this.sinceNanos) : Duration.ZERO;
	}

}
