package io.punctual.aws.credential;

import io.punctual.aws.AwsClients;
import io.punctual.shared.credential.CredentialIssuer;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/**
 * Sets up Cognito and API Gateway as the issuer of credentials, where the service has
 * their clients on its class path.
 */
@AutoConfiguration
@ConditionalOnClass({ CognitoIdentityProviderClient.class, ApiGatewayClient.class })
@ConditionalOnProperty("punctual.cognito.user-pool-id")
class CognitoAutoConfiguration {

	/** Goes before the one of a laptop. */
	@Bean
	@Primary
	CredentialIssuer cognitoIssuer(AwsClients aws, @Value("${punctual.cognito.user-pool-id}") String userPoolId,
			@Value("${punctual.api.usage-plan-id}") String usagePlanId) {
		return new CognitoIssuer(new AppClients(aws.build(CognitoIdentityProviderClient.builder()), userPoolId),
				new ApiKeys(aws.build(ApiGatewayClient.builder()), usagePlanId));
	}

}
