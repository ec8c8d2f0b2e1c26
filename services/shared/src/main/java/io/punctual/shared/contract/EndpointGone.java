package io.punctual.shared.contract;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * {@code endpoint.gone}: the endpoint answered 410.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record EndpointGone(String endpointId, String clientId, Instant at) {

	public static final String TYPE = "endpoint.gone";

}
