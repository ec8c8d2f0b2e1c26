package io.punctual.shared.secret;

/**
 * A secret cannot be sealed or opened.
 */
public class SecretBoxException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	SecretBoxException(String message) {
		super(message);
	}

	SecretBoxException(String message, Throwable cause) {
		super(message, cause);
	}

}
