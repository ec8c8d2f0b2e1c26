package io.punctual.shared.contract;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * {@code entitlement.revoked}: a client no longer uses a component.
 * 
 * @param clientId the client
 * @param componentId the component
 * @param effectiveAt from when on
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record EntitlementRevoked(String clientId, String componentId, Instant effectiveAt) {

	public static final String TYPE = "entitlement.revoked";

}
