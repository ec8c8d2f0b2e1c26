package io.punctual.sla.clock;

import java.util.List;

/**
 * Is told what becomes of clocks, inside the transaction in which it is found.
 */
public interface ClockListener {

	/**
	 * Clocks have come to a state.
	 * @param state any but the first one
	 * @param clocks as they were before
	 */
	void became(ClockState state, List<Clock> clocks);

	/**
	 * What clocks waited for has happened, after their promises were broken.
	 * @param clocks broken ones, as they were before
	 */
	void stoppedLate(List<Clock> clocks);

}
