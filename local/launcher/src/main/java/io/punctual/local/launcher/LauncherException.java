package io.punctual.local.launcher;

/**
 * Says, in words for the person at the terminal, why it cannot go on.
 */
public class LauncherException extends RuntimeException {

	public LauncherException(String message) {
		super(message);
	}

	public LauncherException(String message, Throwable cause) {
		super(message, cause);
	}

}
