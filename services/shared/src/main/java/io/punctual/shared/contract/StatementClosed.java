package io.punctual.shared.contract;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * {@code statement.closed}: a client's month was stated; said once for each.
 *
 * @param statementId the statement
 * @param clientId whose
 * @param period the month, such as {@code 2026-09}
 * @param number its place in the client's chain, from 1
 * @param hash its hash, which the next one holds
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record StatementClosed(String statementId, String clientId, String period, long number, String hash) {

	public static final String TYPE = "statement.closed";

}
