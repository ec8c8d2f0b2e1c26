package io.punctual.sla.statement;

import java.time.Instant;

/**
 * A statement as it is kept.
 *
 * @param hash of the document
 * @param keyId the key it is signed with
 * @param signature of the document, base64
 * @param document canonical JSON of a {@link Statement}
 */
record Signed(String statementId, String clientId, String period, long number, String previousHash, String hash,
		String keyId, String signature, Instant closedAt, String document) {
}
