package io.punctual.local.launcher.demo;

import java.time.Instant;
import java.util.Map;

/**
 * What has reached a client, as the client itself sees it.
 */
interface Arrivals extends AutoCloseable {

	/**
	 * Returns when each update arrived first, by a name of its own.
	 */
	Map<String, Instant> arrivals();

	/**
	 * Returns how many updates arrived, each counted once.
	 */
	default int received() {
		return arrivals().size();
	}

	/**
	 * Returns how often the client failed to take one.
	 */
	int failed();

	/**
	 * Returns how many messages were not the provider's.
	 */
	int forged();

	/**
	 * Returns whether nothing is missing between those that arrived.
	 */
	boolean isSequenceWhole();

	@Override
	void close();

}
