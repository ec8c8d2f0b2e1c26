package io.punctual.local.launcher.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Hours made short: when each update is published, counted from the first one.
 */
final class Pace {

	static final Duration WHOLE = Duration.ofSeconds(30);

	static final Duration LEAST = Duration.ofSeconds(1);

	private Pace() {
	}

	/**
	 * Compresses a timeline so that it takes half a minute, and keeps a second between
	 * updates.
	 */
	static List<Duration> of(Timeline timeline) {
		Instant first = timeline.updates().getFirst().at();
		long real = Math.max(1, Duration.between(first, timeline.end()).toMillis());
		List<Duration> offsets = new ArrayList<>();
		for (Timeline.Entry entry : timeline.updates()) {
			long share = Duration.between(first, entry.at()).toMillis() * WHOLE.toMillis() / real;
			Duration offset = Duration.ofMillis(share);
			if (!offsets.isEmpty() && offset.compareTo(offsets.getLast().plus(LEAST)) < 0) {
				offset = offsets.getLast().plus(LEAST);
			}
			offsets.add(offset);
		}
		return List.copyOf(offsets);
	}

}
