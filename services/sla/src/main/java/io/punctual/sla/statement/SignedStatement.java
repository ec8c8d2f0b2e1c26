package io.punctual.sla.statement;

import java.util.List;

import tools.jackson.databind.JsonNode;

/**
 * A statement as anybody can verify it: the canonical form of {@code document} has the
 * hash and is what was signed.
 */
record SignedStatement(String statementId, String hash, String keyId, String signature, JsonNode document) {

	static SignedStatement of(Signed statement) {
		return new SignedStatement(statement.statementId(), statement.hash(), statement.keyId(), statement.signature(),
				CanonicalJson.read(statement.document()));
	}

	/** As it was answered and kept. */
	static SignedStatement read(JsonNode answer) {
		for (String member : List.of("statementId", "hash", "keyId", "signature", "document")) {
			if (!answer.has(member)) {
				throw new IllegalArgumentException("a statement without its " + member);
			}
		}
		return CanonicalJson.as(answer, SignedStatement.class);
	}

}
