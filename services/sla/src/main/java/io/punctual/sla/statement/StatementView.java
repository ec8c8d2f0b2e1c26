package io.punctual.sla.statement;

import java.time.Instant;

/**
 * A statement without its document, as lists show it.
 */
record StatementView(String statementId, String clientId, String period, long number, String previousHash, String hash,
		String keyId, String signature, Instant closedAt) {

	static StatementView of(Signed statement) {
		return new StatementView(statement.statementId(), statement.clientId(), statement.period(), statement.number(),
				statement.previousHash(), statement.hash(), statement.keyId(), statement.signature(),
				statement.closedAt());
	}

}
