package io.punctual.shared.contract;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * {@code endpoint.verification_failed}: the endpoint did not echo its challenge.
 *
 * @param verificationId the verification that was asked for
 * @param reason what it answered instead
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record EndpointVerificationFailed(String endpointId, String clientId, String verificationId, String reason,
		Instant at) {

	public static final String TYPE = "endpoint.verification_failed";

}
