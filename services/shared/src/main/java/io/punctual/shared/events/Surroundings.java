package io.punctual.shared.events;

import java.sql.SQLException;
import java.sql.SQLTransientException;

import io.punctual.shared.transaction.Outage;
import io.punctual.shared.transaction.RetryableTransactionException;

import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;

/**
 * Tells failures of the surroundings, which pass, from those of an event, which do not.
 */
public final class Surroundings {

	private Surroundings() {
	}

	/**
	 * Return whether a failure lies in the surroundings, so that the same event may well
	 * be applied later.
	 */
	public static boolean explain(Throwable failure) {
		if (Thread.currentThread().isInterrupted()) {
			return true;
		}
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (isPassing(cause)) {
				return true;
			}
		}
		return false;
	}

	private static boolean isPassing(Throwable cause) {
		return switch (cause) {
			case TransientDataAccessException ex -> true;
			case RecoverableDataAccessException ex -> true;
			case NonTransientDataAccessResourceException ex -> true;
			case CannotCreateTransactionException ex -> true;
			case RetryableTransactionException ex -> true;
			case InterruptedException ex -> true;
			case SQLTransientException ex -> true;
			case SQLException ex -> Outage.explains(ex);
			default -> false;
		};
	}

}
