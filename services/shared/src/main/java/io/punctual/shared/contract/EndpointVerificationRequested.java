package io.punctual.shared.contract;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * {@code endpoint.verification_requested}: the endpoint has to echo a challenge.
 *
 * @param endpointId the endpoint
 * @param clientId its client
 * @param verificationId names this challenge
 * @param requestedAt when it was asked for
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record EndpointVerificationRequested(String endpointId, String clientId, String verificationId,
		Instant requestedAt) {

	public static final String TYPE = "endpoint.verification_requested";

}
