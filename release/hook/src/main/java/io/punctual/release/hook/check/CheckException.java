package io.punctual.release.hook.check;

/**
 * A release does not do what it must; the message says what.
 */
public final class CheckException extends RuntimeException {

	public CheckException(String message) {
		super(message);
	}

	public CheckException(String message, Throwable cause) {
		super(message + ": " + cause, cause);
	}

}
