package io.punctual.shared.events;

import java.util.Collection;

/**
 * The readers of this service, one for each source that a subscriber names.
 */
public interface EventReaders {

	/**
	 * Return the reader of a source's log.
	 * @param source the service, such as {@code clients}
	 * @return its reader
	 * @throws IllegalArgumentException if no subscriber names the source
	 */
	EventReader of(String source);

	/**
	 * Return every reader.
	 * @return the readers
	 */
	Collection<? extends EventReader> all();

}
