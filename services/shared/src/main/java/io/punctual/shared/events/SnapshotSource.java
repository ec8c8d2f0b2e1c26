package io.punctual.shared.events;

import java.util.function.Consumer;

/**
 * Tells a part of this service's present state as events, for readers that come too late
 * for the log. Beans of this kind are asked in their order, in one consistent read-only
 * transaction.
 */
@FunctionalInterface
public interface SnapshotSource {

	/**
	 * Write the present state.
	 * @param out takes each event; they are sent as they come, so a large state should be
	 * read in pages
	 */
	void writeTo(Consumer<NewEvent> out);

}
