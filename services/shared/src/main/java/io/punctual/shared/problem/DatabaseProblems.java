package io.punctual.shared.problem;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import java.util.function.Predicate;

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

	/**
	 * Text that is compared with a column of ASCII and is none: 2 texts, 3, or a list.
	 */
	private static final Set<Integer> MIXED_COLLATIONS = Set.of(1267, 1270, 1271);

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
		if (isForeignText(failure)) {
			return ProblemException.of(ProblemType.VALIDATION, "An identifier has characters that none has.");
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
		return isCausedBy(failure, (sql) -> sql instanceof SQLTransientConnectionException || Outage.explains(sql));
	}

	private static boolean isForeignText(Throwable failure) {
		return isCausedBy(failure, (sql) -> MIXED_COLLATIONS.contains(sql.getErrorCode()));
	}

	private static boolean isCausedBy(Throwable failure, Predicate<SQLException> reason) {
		int depth = 0;
		for (Throwable cause = failure; cause != null && depth < 20; cause = cause.getCause(), depth++) {
			if (cause instanceof SQLException sql && reason.test(sql)) {
				return true;
			}
		}
		return false;
	}

}
