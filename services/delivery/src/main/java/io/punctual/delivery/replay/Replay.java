package io.punctual.delivery.replay;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Sends to an endpoint once more what it was owed in a time.
 *
 * @param since from when on, inclusive
 * @param until until when, exclusive
 * @param only which of it
 * @param replayed how many deliveries were made to wait again so far
 */
record Replay(String replayId, String endpointId, String clientId, Instant since, Instant until, Only only, State state,
		int replayed, Instant createdAt, @Nullable Instant finishedAt) {

	/**
	 * Which deliveries.
	 */
	enum Only {

		/** Those that were given up or skipped. */
		UNDELIVERED,
		/** Those that arrived, too. */
		ALL

	}

	/**
	 * How far it is.
	 */
	enum State {

		RUNNING, DONE

	}

}
