package io.punctual.local.launcher;

import java.util.List;

/**
 * What the parts' Java and the database are given.
 */
enum Tuning {

	/** Little memory, and quick to start: the peak is capped. */
	LAPTOP(1, 96, "-XX:TieredStopAtLevel=1", "-XX:ReservedCodeCacheSize=48m", "-XX:MaxDirectMemorySize=32m"),

	/** As in a container: what can be is compiled to its best. */
	PEAK(4, 512);

	private final int heaps;

	private final int databaseMegabytes;

	private final List<String> flags;

	Tuning(int heaps, int databaseMegabytes, String... flags) {
		this.heaps = heaps;
		this.databaseMegabytes = databaseMegabytes;
		this.flags = List.of(flags);
	}

	int heapMegabytes(Part part) {
		return this.heaps * part.heapMegabytes();
	}

	/** The database's memory for pages. */
	int databaseMegabytes() {
		return this.databaseMegabytes;
	}

	List<String> flags() {
		return this.flags;
	}

}
