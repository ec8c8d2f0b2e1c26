package io.punctual.sla.statement;

/**
 * A statement is not what it says it is.
 */
class StatementFault extends RuntimeException {

	private static final long serialVersionUID = 1L;

	StatementFault(String statementId, String what) {
		super("The statement %s %s".formatted(statementId, what));
	}

	StatementFault(Statement statement, String what) {
		this("%s (%s, number %d of %s)".formatted(statement.statementId(), statement.period(), statement.number(),
				statement.clientId()), what);
	}

}
