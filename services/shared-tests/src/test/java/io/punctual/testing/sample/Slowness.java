package io.punctual.testing.sample;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a test hold a request inside its transaction.
 */
public final class Slowness {

	private static volatile CountDownLatch entered = new CountDownLatch(1);

	private static volatile CountDownLatch released = new CountDownLatch(1);

	private Slowness() {
	}

	public static void reset() {
		entered = new CountDownLatch(1);
		released = new CountDownLatch(1);
	}

	public static void awaitEntered() throws InterruptedException {
		if (!entered.await(60, TimeUnit.SECONDS)) {
			throw new IllegalStateException("No request has come");
		}
	}

	public static void release() {
		released.countDown();
	}

	static void await() throws InterruptedException {
		entered.countDown();
		if (!released.await(60, TimeUnit.SECONDS)) {
			throw new IllegalStateException("Nobody released the request");
		}
	}

}
