package io.punctual.shared.transaction;

/**
 * Ends a transaction that may well succeed when it is run again from its beginning.
 */
public abstract class RetryableTransactionException extends RuntimeException {

	protected RetryableTransactionException(String message) {
		super(message);
	}

}
