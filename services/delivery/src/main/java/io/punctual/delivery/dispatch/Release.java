package io.punctual.delivery.dispatch;

import java.util.concurrent.CompletableFuture;

import io.punctual.delivery.retry.AttemptTimes;
import org.jspecify.annotations.Nullable;

/**
 * Asks to let go of an endpoint.
 *
 * @param wake the queue's counter as the holder has seen it
 * @param failed the failed attempt after which the endpoint is probed; null if it is
 * healthy
 * @param nothingLeft whether, unless the counter has moved, nothing waits there: the
 * holder knew all of it, and all of it has come to its end
 * @param answer what came of it
 */
record Release(Lease lease, long wake, @Nullable AttemptTimes failed, boolean nothingLeft,
		CompletableFuture<Answer> answer) {

	/**
	 * What came of it.
	 */
	enum Answer {

		/** It is let go. */
		RELEASED,
		/** More work has come: go on. */
		AGAIN,
		/** It was somebody else's already. */
		LOST

	}

}
