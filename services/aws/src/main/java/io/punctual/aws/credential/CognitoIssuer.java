package io.punctual.aws.credential;

import io.punctual.shared.credential.CredentialIssuer;
import io.punctual.shared.id.Ids;
import io.punctual.shared.problem.ProblemException;
import io.punctual.shared.problem.ProblemType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.apigateway.model.CreateApiKeyResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolClientType;

/**
 * Issues an app client of Cognito and a key of API Gateway together. Neither knows
 * repetitions, so each gets a name that no other has: what a lost answer left behind is
 * found by it and taken away.
 */
class CognitoIssuer implements CredentialIssuer {

	private static final Logger logger = LoggerFactory.getLogger(CognitoIssuer.class);

	private final AppClients clients;

	private final ApiKeys keys;

	CognitoIssuer(AppClients clients, ApiKeys keys) {
		this.clients = clients;
		this.keys = keys;
	}

	@Override
	public Issued issue(String name) {
		String unique = AppClients.name(name, Ids.next("app"));
		@Nullable UserPoolClientType client = null;
		try {
			client = this.clients.create(unique);
			CreateApiKeyResponse key = this.keys.create(unique);
			return new Issued(client.clientId(), client.clientSecret(), key.id(), key.value());
		}
		catch (SdkException ex) {
			undo(unique, client);
			throw problem(ex);
		}
	}

	@Override
	public void withdraw(String oauthClientId, @Nullable String apiKeyId) {
		try {
			this.clients.delete(oauthClientId);
			if (apiKeyId != null) {
				this.keys.delete(apiKeyId);
			}
		}
		catch (SdkException ex) {
			throw problem(ex);
		}
	}

	private void undo(String unique, @Nullable UserPoolClientType client) {
		try {
			if (client != null) {
				this.keys.deleteNamed(unique);
				this.clients.delete(client.clientId());
			}
			else {
				this.clients.deleteNamed(unique);
			}
		}
		catch (SdkException ex) {
			// Nobody knows its secret, and it belongs to no client.
			logger.warn("The app client or key named {} may be left behind: {}", unique, ex.getMessage());
		}
	}

	private static ProblemException problem(SdkException ex) {
		if (isLimit(ex)) {
			logger.error("AWS's quota of credentials is used up: {}", ex.getMessage());
			return ProblemException.of(ProblemType.CONFLICT,
					"The installation holds as many credentials as it may; revoke one that is not used, or have its"
							+ " quota raised.");
		}
		logger.warn("AWS did not do as asked with a credential: {}", ex.toString());
		return ProblemException.of(ProblemType.UNAVAILABLE, "Credentials cannot be made at the moment.");
	}

	private static boolean isLimit(SdkException ex) {
		return ex instanceof AwsServiceException service && service.awsErrorDetails() != null
				&& "LimitExceededException".equals(service.awsErrorDetails().errorCode());
	}

}
