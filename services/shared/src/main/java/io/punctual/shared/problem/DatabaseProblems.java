package io.punctual.shared.problem;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;

import io.punctual.shared.transaction.Outage;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.dao.QueryTimeoutException;

/**
 * Tells which failures of the database a caller can do something about.
 */
final class DatabaseProblems {

	private DatabaseProblems() {
	}

	/**
	 * The problem that a failure means to the caller.
	 * @param failure what was thrown
	 * @param ifMatch the header of the refused request, or null
	 * @return null if it is a fault of ours
	 */
	static @Nullable ProblemException of(Throwable failure, @Nullable String ifMatch) {
		if (isUnreachable(failure)) {
			return ProblemException.of(ProblemType.UNAVAILABLE, "The database does not answer. Try again.");
		}
		return switch (failure) {
			case OptimisticLockingFailureException ignored when ifMatch != null -> ProblemException
				.of(ProblemType.VERSION_CONFLICT, "It has changed since you have read it: read it again.");
			case OptimisticLockingFailureException ignored ->
				ProblemException.of(ProblemType.CONFLICT, "Somebody else has changed it at the same time. Try again.");
			case DuplicateKeyException ignored ->
				ProblemException.of(ProblemType.CONFLICT, "Something with the same key exists already.");
			case PessimisticLockingFailureException ignored ->
				ProblemException.of(ProblemType.UNAVAILABLE, "Others hold what this needs. Try again.");
			case QueryTimeoutException ignored ->
				ProblemException.of(ProblemType.UNAVAILABLE, "The database takes too long. Try again.");
			default -> null;
		};
	}

	private static boolean isUnreachable(Throwable failure) {
		int depth = 0;
		for (Throwable cause = failure; cause != null && depth < 20; cause = cause.getCause(), depth++) {
			if (cause instanceof SQLTransientConnectionException
					|| (cause instanceof SQLException sql && Outage.explains(sql))) {
				return true;
			}
		}
		return false;
	}

}
