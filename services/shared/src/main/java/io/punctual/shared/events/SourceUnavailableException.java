package io.punctual.shared.events;

import org.jspecify.annotations.Nullable;

/**
 * Says that a source, or the issuer of tokens for it, does not answer as it should.
 */
class SourceUnavailableException extends RuntimeException {

	SourceUnavailableException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
