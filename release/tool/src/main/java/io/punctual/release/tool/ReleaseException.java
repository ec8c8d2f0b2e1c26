package io.punctual.release.tool;

/**
 * Says, in words for whoever reads a build's log, why a command could not do its work.
 */
public final class ReleaseException extends RuntimeException {

	public ReleaseException(String message) {
		super(message);
	}

	public ReleaseException(String message, Throwable cause) {
		super(message + ": " + cause.getMessage(), cause);
	}

}
