package io.punctual.clients.credential;

/**
 * Makes the OAuth clients behind credentials: on AWS Cognito's app clients, on a laptop
 * the authorization server's.
 */
interface CredentialIssuer {

	/**
	 * Make an OAuth client that gets tokens with the scope of clients.
	 * @param name what people call it
	 * @return its id and secret; nobody will see the secret again
	 * @throws ProblemException 503 if the issuer does not answer
	 */
	Issued issue(String name);

	/**
	 * Withdraw an OAuth client; one that does not exist is withdrawn already.
	 * @param oauthClientId the OAuth client
	 * @throws ProblemException 503 if the issuer does not answer
	 */
	void withdraw(String oauthClientId);

	/**
	 * A new OAuth client.
	 */
	record Issued(String clientId, String clientSecret) {

		@Override
		public String toString() {
			return "Issued[clientId=" + this.clientId + "]";
		}

	}

}
