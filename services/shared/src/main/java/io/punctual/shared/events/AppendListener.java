package io.punctual.shared.events;

/**
 * Hears of the commits of this instance that appended something.
 */
@FunctionalInterface
interface AppendListener {

	void appended(long position, int count);

}
