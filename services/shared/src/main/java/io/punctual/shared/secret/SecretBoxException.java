package io.punctual.shared.secret;

/**
 * A secret cannot be sealed or opened.
 */
public class SecretBoxException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	public SecretBoxException(String message) {
		super(message);
	}

	public SecretBoxException(String message, Throwable cause) {
		super(message, cause);
	}

}
