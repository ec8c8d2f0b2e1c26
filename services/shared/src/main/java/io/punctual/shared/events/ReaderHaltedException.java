package io.punctual.shared.events;

/**
 * Says that a reader cannot go on until a person, or another release, has mended
 * something.
 */
class ReaderHaltedException extends RuntimeException {

	ReaderHaltedException(String message) {
		super(message);
	}

}
