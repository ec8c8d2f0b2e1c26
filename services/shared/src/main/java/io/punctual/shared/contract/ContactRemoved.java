package io.punctual.shared.contract;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * {@code contact.removed}: a person of a client is forgotten.
 * 
 * @param contactId the contact
 * @param clientId its client
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ContactRemoved(String contactId, String clientId) {

	public static final String TYPE = "contact.removed";

}
