package io.punctual.shared.contract;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * {@code credential.upserted}: whose token an OAuth client's is.
 * 
 * @param credentialId the credential
 * @param oauthClientId the {@code client_id} in its tokens
 * @param clientId the client
 * @param state a revoked credential opens nothing
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record CredentialUpserted(String credentialId, String oauthClientId, String clientId, State state) {

	public static final String TYPE = "credential.upserted";

	/**
	 * Whether it opens anything.
	 */
	public enum State {

		ACTIVE, REVOKED

	}

}
