package io.punctual.testing.sample;

import java.util.concurrent.atomic.AtomicInteger;

import io.punctual.shared.release.GatedWork;

/**
 * Background work that counts how often it was begun and ended.
 */
public class RecordingWork implements GatedWork {

	private final AtomicInteger starts = new AtomicInteger();

	private final AtomicInteger stops = new AtomicInteger();

	@Override
	public void startWork() {
		this.starts.incrementAndGet();
	}

	@Override
	public void stopWork() {
		this.stops.incrementAndGet();
	}

	public int starts() {
		return this.starts.get();
	}

	public int stops() {
		return this.stops.get();
	}

	public boolean isAtWork() {
		return starts() > stops();
	}

}
