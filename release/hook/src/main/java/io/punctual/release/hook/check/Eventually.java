package io.punctual.release.hook.check;

import java.time.Duration;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Waits for what happens elsewhere.
 */
final class Eventually {

	private static final Duration STEP = Duration.ofMillis(250);

	private Eventually() {
	}

	/**
	 * Looks again and again.
	 * @param what what is waited for, for the message
	 * @param within how long at most
	 * @param look gives null for "not yet"
	 * @return what was found
	 */
	static <T> T find(String what, Duration within, Supplier<@Nullable T> look) {
		long end = System.nanoTime() + within.toNanos();
		while (true) {
			T found = look.get();
			if (found != null) {
				return found;
			}
			if (System.nanoTime() > end) {
				throw new CheckException("not within " + within.toSeconds() + " s: " + what);
			}
			try {
				Thread.sleep(STEP);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new CheckException("not in time: " + what, ex);
			}
		}
	}

}
