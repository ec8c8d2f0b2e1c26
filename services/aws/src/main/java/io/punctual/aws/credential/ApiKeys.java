package io.punctual.aws.credential;

import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.apigateway.model.ApiKey;
import software.amazon.awssdk.services.apigateway.model.ConflictException;
import software.amazon.awssdk.services.apigateway.model.CreateApiKeyResponse;
import software.amazon.awssdk.services.apigateway.model.NotFoundException;

/**
 * The keys of API Gateway under the usage plan of clients.
 */
class ApiKeys {

	private final ApiGatewayClient gateway;

	private final String usagePlanId;

	ApiKeys(ApiGatewayClient gateway, String usagePlanId) {
		this.gateway = gateway;
		this.usagePlanId = usagePlanId;
	}

	/** A key with a value that the gateway chooses. */
	CreateApiKeyResponse create(String name) {
		CreateApiKeyResponse key = this.gateway.createApiKey((create) -> create.name(name).enabled(true));
		try {
			this.gateway
				.createUsagePlanKey((plan) -> plan.usagePlanId(this.usagePlanId).keyId(key.id()).keyType("API_KEY"));
		}
		catch (ConflictException ex) {
			// A repetition: the first try had put it there.
		}
		return key;
	}

	/** An account holds 10,000 keys, so one that is withdrawn does not stay. */
	void delete(String id) {
		try {
			this.gateway.deleteApiKey((delete) -> delete.apiKey(id));
		}
		catch (NotFoundException ex) {
			// It is deleted already.
		}
	}

	/** Deletes what a creation left behind. */
	void deleteNamed(String name) {
		this.gateway.getApiKeys((list) -> list.nameQuery(name))
			.items()
			.stream()
			.filter((key) -> name.equals(key.name()))
			.map(ApiKey::id)
			.forEach(this::delete);
	}

}
