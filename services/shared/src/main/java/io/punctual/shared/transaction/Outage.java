package io.punctual.shared.transaction;

import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.util.Set;

/**
 * Tells failures of the database server or of the way to it, which pass, from those of a
 * statement, which do not.
 */
public final class Outage {

	private static final String CONNECTION_LOST = "08";

	/** Whoever administers the database ended the connection or the statement. */
	private static final String INTERRUPTED = "70";

	/**
	 * Shutting down, disk full, table full, read-only, too many connections of the user.
	 */
	private static final Set<Integer> SERVER_IN_TROUBLE = Set.of(1053, 1021, 1114, 1290, 1836, 1203);

	private Outage() {
	}

	/**
	 * Whether the same statement may well succeed later, on another connection.
	 * @param failure what the driver or the pool has thrown
	 */
	public static boolean explains(SQLException failure) {
		String state = failure.getSQLState();
		// Without a state it is not the server's answer, but the pool's: the connection
		// is closed.
		return failure instanceof SQLRecoverableException || state == null || state.startsWith(CONNECTION_LOST)
				|| state.startsWith(INTERRUPTED) || SERVER_IN_TROUBLE.contains(failure.getErrorCode());
	}

}
