package io.punctual.local.launcher.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * Measured times, in nanoseconds.
 */
final class Samples {

	private final List<Long> nanos = Collections.synchronizedList(new ArrayList<>());

	void add(long nanos) {
		this.nanos.add(nanos);
	}

	int count() {
		return this.nanos.size();
	}

	/**
	 * The smallest sample that is not below the given share of all.
	 * @param quantile from 0 to 1
	 */
	Duration quantile(double quantile) {
		List<Long> sorted = this.nanos.stream().sorted().toList();
		int index = (int) Math.ceil(quantile * sorted.size()) - 1;
		return Duration.ofNanos(sorted.get(Math.max(0, index)));
	}

	static String text(Duration duration) {
		return String.format(Locale.ROOT, "%.1f ms", duration.toNanos() / 1e6);
	}

}
