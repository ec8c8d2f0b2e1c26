package io.punctual.shared.events;

import java.util.List;
import java.util.Set;

/**
 * Applies the events of another service to this one's tables. Each bean of this kind is
 * found by the reader of its source.
 */
public interface EventSubscriber {

	/**
	 * Return the service whose events it wants.
	 * @return the source, such as {@code clients}
	 */
	String source();

	/**
	 * Return the types of events that it applies.
	 * @return the types
	 */
	Set<String> types();

	/**
	 * Return the types of events that it knows and needs nothing of. A type that is
	 * neither applied nor ignored by any subscriber, and that its source has not marked
	 * ignorable, stops the reader.
	 * @return the types
	 */
	default Set<String> ignores() {
		return Set.of();
	}

	/**
	 * Prepare for a snapshot: what follows is the whole present state of the source.
	 * Called inside the snapshot's transaction, before its events; a replica may mark or
	 * remove its rows here.
	 */
	default void startSnapshot() {
	}

	/**
	 * Apply events inside the transaction that moves the reader's cursor: each is applied
	 * once. An exception that the database's state does not explain parks the event that
	 * causes it; so never swallow one.
	 * @param events consecutive events of its types, in order
	 */
	void apply(List<Event> events);

}
