package io.punctual.infrastructure.identity;

import java.util.List;

import io.punctual.infrastructure.common.Explained;
import software.amazon.awscdk.SecretValue;
import software.amazon.awscdk.services.cognito.CfnUserPoolClient;
import software.amazon.awscdk.services.cognito.IUserPool;
import software.amazon.awscdk.services.cognito.UserPoolResourceServer;
import software.amazon.awscdk.services.secretsmanager.ISecret;
import software.amazon.awscdk.services.secretsmanager.Secret;
import software.constructs.Construct;

/**
 * A machine that gets its tokens by client credentials, and where its secret is kept.
 */
public final class MachineClient extends Construct {

	private final CfnUserPoolClient client;

	private final Secret secret;

	MachineClient(Construct scope, String name, IUserPool pool, UserPoolResourceServer server, List<String> scopes) {
		super(scope, "Machine-" + name);
		this.client = CfnUserPoolClient.Builder.create(this, "Client")
			.userPoolId(pool.getUserPoolId())
			.clientName(name)
			.generateSecret(true)
			.allowedOAuthFlowsUserPoolClient(true)
			.allowedOAuthFlows(List.of("client_credentials"))
			.allowedOAuthScopes(scopes.stream().map((granted) -> "punctual/" + granted).toList())
			.explicitAuthFlows(List.of("ALLOW_REFRESH_TOKEN_AUTH"))
			.enableTokenRevocation(true)
			.preventUserExistenceErrors("ENABLED")
			.accessTokenValidity(60)
			.tokenValidityUnits(CfnUserPoolClient.TokenValidityUnitsProperty.builder().accessToken("minutes").build())
			.build();
		this.client.getNode().addDependency(server);
		this.secret = Secret.Builder.create(this, "Secret")
			.secretName("punctual/identity/" + name)
			.description("The secret of the machine client " + name)
			.secretStringValue(SecretValue.resourceAttribute(this.client.getAttrClientSecret()))
			.build();
		Explained.exception(this.secret, "AwsSolutions-SMG4",
				"Cognito makes it and cannot rotate it in place: a new client takes the old one's place.");
	}

	public String clientId() {
		return this.client.getAttrClientId();
	}

	public ISecret secret() {
		return this.secret;
	}

}
