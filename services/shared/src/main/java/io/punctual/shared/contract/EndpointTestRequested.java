package io.punctual.shared.contract;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * {@code endpoint.test_requested}: the endpoint is to be sent a test message.
 * 
 * @param endpointId the endpoint
 * @param clientId its client
 * @param testId names this test
 * @param requestedAt when it was asked for
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record EndpointTestRequested(String endpointId, String clientId, String testId, Instant requestedAt) {

	public static final String TYPE = "endpoint.test_requested";

}
