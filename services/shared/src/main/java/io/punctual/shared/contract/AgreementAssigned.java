package io.punctual.shared.contract;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * {@code agreement.assigned}: from an instant on, a client is promised what the terms
 * say.
 *
 * @param clientId the client
 * @param agreement the terms, whole
 * @param effectiveAt from when on; it ends the agreement before
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record AgreementAssigned(String clientId, AgreementTerms agreement, Instant effectiveAt) {

	public static final String TYPE = "agreement.assigned";

}
