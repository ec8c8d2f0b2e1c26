package io.punctual.shared.events;

import java.util.Set;

/**
 * The log of what this service has changed, for the others to read.
 */
public interface EventLog {

	/**
	 * Append events to the log in the present transaction. Their positions are taken just
	 * before it commits, after everything else has been written, so that positions are
	 * dense in commit order.
	 * @param events what has changed, in order
	 * @throws IllegalStateException if no transaction is active
	 */
	void append(NewEvent... events);

	/**
	 * Return what the present transaction has told of so far, since its last entry in the
	 * audit.
	 * @return the subjects of its events and the clients that they name, in order
	 */
	default Set<String> concerned() {
		return Set.of();
	}

}
