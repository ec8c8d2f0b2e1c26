package io.punctual.shared.contract;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * {@code endpoint.verified}: the endpoint echoed its challenge.
 *
 * @param verificationId the verification that was asked for
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record EndpointVerified(String endpointId, String clientId, String verificationId, Instant verifiedAt) {

	public static final String TYPE = "endpoint.verified";

}
