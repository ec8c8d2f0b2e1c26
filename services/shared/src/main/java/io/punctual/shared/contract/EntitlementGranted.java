package io.punctual.shared.contract;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * {@code entitlement.granted}: a client uses a component.
 * 
 * @param clientId the client
 * @param componentId the component
 * @param effectiveAt since when; it may lie before the event
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record EntitlementGranted(String clientId, String componentId, Instant effectiveAt) {

	public static final String TYPE = "entitlement.granted";

}
