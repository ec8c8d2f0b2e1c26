package io.punctual.shared.credential;

import org.jspecify.annotations.Nullable;

/**
 * Makes what a client calls with: an OAuth client and an API key. On AWS they are
 * Cognito's app client and API Gateway's key, on a laptop the identity stand-in has both.
 */
public interface CredentialIssuer {

	/**
	 * Make an OAuth client that gets tokens with the scope of clients, and an API key
	 * under the usage plan of clients: both, or neither.
	 * @param name what people call it
	 * @return their ids and secrets; nobody will see the secrets again
	 * @throws io.punctual.shared.problem.ProblemException 503 if the issuer does not
	 * answer
	 */
	Issued issue(String name);

	/**
	 * Withdraw an OAuth client and its API key; what does not exist is withdrawn already.
	 * @param oauthClientId the OAuth client
	 * @param apiKeyId the API key; null if the credential has none
	 * @throws io.punctual.shared.problem.ProblemException 503 if the issuer does not
	 * answer
	 */
	void withdraw(String oauthClientId, @Nullable String apiKeyId);

	/**
	 * A new OAuth client and its API key.
	 *
	 * @param clientId the OAuth client's id, which its tokens name
	 * @param clientSecret its secret
	 * @param apiKeyId the API key's id, which the gateway tells the services
	 * @param apiKey its value, 20 to 128 characters
	 */
	record Issued(String clientId, String clientSecret, String apiKeyId, String apiKey) {

		@Override
		public String toString() {
			return "Issued[clientId=" + this.clientId + ", apiKeyId=" + this.apiKeyId + "]";
		}

	}

}
