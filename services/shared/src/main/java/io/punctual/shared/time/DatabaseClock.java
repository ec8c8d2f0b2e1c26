package io.punctual.shared.time;

import java.time.Instant;

/**
 * Tells the database's time, the only clock by which promises are judged.
 */
@FunctionalInterface
public interface DatabaseClock {

	/**
	 * Return the database's present time. Inside a transaction its connection is asked.
	 * @return the instant, in whole microseconds
	 */
	Instant now();

}
