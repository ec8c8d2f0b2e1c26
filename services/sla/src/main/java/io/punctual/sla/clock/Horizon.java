package io.punctual.sla.clock;

import java.time.Instant;

/**
 * Says how far the logs have been read that could still stop a clock.
 */
interface Horizon {

	/**
	 * Reads the logs now, without waiting for news.
	 */
	void pull();

	/**
	 * Up to which instant the clocks of a lane can be judged.
	 * @param lane the log that stops them: {@code notices} or {@code delivery}
	 * @return the instant and how it is known
	 */
	Reach of(String lane);

	/**
	 * An instant up to which nothing can be missing, and the evidence of that.
	 */
	record Reach(Instant until, String evidence) {
	}

}
