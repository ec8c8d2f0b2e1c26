package io.punctual.shared.contract;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import org.jspecify.annotations.Nullable;

/**
 * {@code credential.upserted}: whose token an OAuth client's is.
 * 
 * @param credentialId the credential
 * @param oauthClientId the {@code client_id} in its tokens
 * @param clientId the client
 * @param state a revoked credential opens nothing
 * @param apiKeyId the API key that was made with it; null if there is none
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record CredentialUpserted(String credentialId, String oauthClientId, String clientId, State state,
		@Nullable String apiKeyId) {

	public static final String TYPE = "credential.upserted";

	/**
	 * Whether it opens anything.
	 */
	public enum State {

		ACTIVE, REVOKED

	}

}
