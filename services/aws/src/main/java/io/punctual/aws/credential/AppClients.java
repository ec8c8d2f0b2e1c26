package io.punctual.aws.credential;

import io.punctual.shared.security.Scopes;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.OAuthFlowType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ResourceNotFoundException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolClientDescription;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolClientType;

/**
 * The machine clients of one user pool.
 */
class AppClients {

	/** What Cognito takes in a name; anything else becomes a hyphen. */
	private static final String NOT_IN_NAMES = "[^\\w\\s+=,.@-]";

	private static final int LONGEST_NAME = 128;

	private static final int PAGE = 60;

	private final CognitoIdentityProviderClient cognito;

	private final String userPoolId;

	AppClients(CognitoIdentityProviderClient cognito, String userPoolId) {
		this.cognito = cognito;
		this.userPoolId = userPoolId;
	}

	/**
	 * The name that Cognito is given: what people call it and something that no other
	 * has.
	 */
	static String name(String given, String unique) {
		String allowed = given.strip().replaceAll(NOT_IN_NAMES, "-");
		int room = LONGEST_NAME - unique.length() - 1;
		return allowed.substring(0, Math.min(room, allowed.length())) + ' ' + unique;
	}

	/** An app client that can do nothing but get tokens with the scope of clients. */
	UserPoolClientType create(String name) {
		return this.cognito
			.createUserPoolClient((client) -> client.userPoolId(this.userPoolId)
				.clientName(name)
				.generateSecret(true)
				.allowedOAuthFlowsUserPoolClient(true)
				.allowedOAuthFlows(OAuthFlowType.CLIENT_CREDENTIALS)
				.allowedOAuthScopes(Scopes.CLIENT)
				.enableTokenRevocation(false))
			.userPoolClient();
	}

	void delete(String clientId) {
		try {
			this.cognito.deleteUserPoolClient((client) -> client.userPoolId(this.userPoolId).clientId(clientId));
		}
		catch (ResourceNotFoundException ex) {
			// It is deleted already.
		}
	}

	/** Deletes what a creation left behind whose answer was lost. */
	void deleteNamed(String name) {
		@Nullable String next = null;
		do {
			String token = next;
			var page = this.cognito
				.listUserPoolClients((list) -> list.userPoolId(this.userPoolId).maxResults(PAGE).nextToken(token));
			page.userPoolClients()
				.stream()
				.filter((client) -> client.clientName().equals(name))
				.map(UserPoolClientDescription::clientId)
				.forEach(this::delete);
			next = page.nextToken();
		}
		while (next != null);
	}

}
