package io.punctual.shared.events;

import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Set;

import io.punctual.shared.transaction.RetryableTransactionException;

import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;

/**
 * Tells failures of the surroundings, which pass, from those of an event, which do not.
 */
final class Surroundings {

	private static final String CONNECTION_LOST = "08";

	/** Whoever administers the database ended the connection or the statement. */
	private static final String INTERRUPTED = "70";

	/**
	 * Shutting down, disk full, table full, read-only, too many connections of the user.
	 */
	private static final Set<Integer> SERVER_IN_TROUBLE = Set.of(1053, 1021, 1114, 1290, 1836, 1203);

	private Surroundings() {
	}

	/**
	 * Return whether a failure lies in the surroundings, so that the same event may well
	 * be applied later.
	 */
	static boolean explain(Throwable failure) {
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
			case SQLRecoverableException ex -> true;
			case SQLException ex -> isPassing(ex);
			default -> false;
		};
	}

	private static boolean isPassing(SQLException failure) {
		String state = failure.getSQLState();
		// Without a state it is not the server's answer, but the pool's: the connection
		// is closed.
		return state == null || state.startsWith(CONNECTION_LOST) || state.startsWith(INTERRUPTED)
				|| SERVER_IN_TROUBLE.contains(failure.getErrorCode());
	}

}
