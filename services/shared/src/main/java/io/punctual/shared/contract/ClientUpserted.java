package io.punctual.shared.contract;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * {@code client.upserted}: a client as it is now.
 * 
 * @param clientId the client
 * @param externalId the provider's own key for it
 * @param name what people call it
 * @param state a removed client is owed nothing new
 * @param synthetic whether it exists to watch the system, and appears in no statement
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ClientUpserted(String clientId, String externalId, String name, State state, boolean synthetic) {

	public static final String TYPE = "client.upserted";

	/**
	 * Whether it is still a client.
	 */
	public enum State {

		ACTIVE, REMOVED

	}

}
