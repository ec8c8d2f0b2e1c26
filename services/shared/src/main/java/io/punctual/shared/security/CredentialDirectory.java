package io.punctual.shared.security;

import java.util.Optional;

/**
 * Knows which client an OAuth client, or an API key, belongs to.
 */
public interface CredentialDirectory {

	/**
	 * The client of an active credential.
	 * @param oauthClientId the OAuth client's identifier, from the token
	 * @return the client's identifier; empty if the credential is unknown or revoked
	 */
	Optional<String> clientOf(String oauthClientId);

	/**
	 * The client of an active credential's API key.
	 * @param apiKeyId the key's identifier, from the gateway
	 * @return the client's identifier; empty if the key is no client's
	 */
	Optional<String> clientOfApiKey(String apiKeyId);

}
