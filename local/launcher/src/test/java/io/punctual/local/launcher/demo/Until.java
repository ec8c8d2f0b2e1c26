package io.punctual.local.launcher.demo;

import io.punctual.local.launcher.api.Api;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Waits for a condition.
 */
final class Until {

	private static final Duration PAUSE = Duration.ofMillis(100);

	private Until() {
	}

	static void holds(Duration patience, Supplier<String> what, BooleanSupplier condition) {
		long end = System.nanoTime() + patience.toNanos();
		while (!condition.getAsBoolean()) {
			if (System.nanoTime() > end) {
				throw new AssertionError("Not within " + patience.toSeconds() + " s: " + what.get());
			}
			Api.pause(PAUSE);
		}
	}

}
