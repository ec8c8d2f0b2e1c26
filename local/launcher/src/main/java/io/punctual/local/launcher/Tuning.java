package io.punctual.local.launcher;

import java.util.List;

/**
 * What the parts' Java is told.
 */
enum Tuning {

	/** Little memory, and quick to start: the peak is capped. */
	LAPTOP(1, "-XX:TieredStopAtLevel=1", "-XX:ReservedCodeCacheSize=48m", "-XX:MaxDirectMemorySize=32m"),

	/** As in a container: what can be is compiled to its best. */
	PEAK(4);

	private final int heaps;

	private final List<String> flags;

	Tuning(int heaps, String... flags) {
		this.heaps = heaps;
		this.flags = List.of(flags);
	}

	int heapMegabytes(Part part) {
		return this.heaps * part.heapMegabytes();
	}

	List<String> flags() {
		return this.flags;
	}

}
