package io.punctual.shared.security;

import java.util.Optional;

/**
 * Knows which client an OAuth client belongs to.
 */
public interface CredentialDirectory {

	/**
	 * The client of an active credential.
	 * @param oauthClientId the OAuth client's identifier, from the token
	 * @return the client's identifier; empty if the credential is unknown or revoked
	 */
	Optional<String> clientOf(String oauthClientId);

}
