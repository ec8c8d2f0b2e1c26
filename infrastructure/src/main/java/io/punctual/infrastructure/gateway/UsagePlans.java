package io.punctual.infrastructure.gateway;

import java.util.LinkedHashMap;
import java.util.Map;

import software.amazon.awscdk.CfnResource;
import software.constructs.Construct;

/**
 * The usage plans and API keys of the settings.
 */
final class UsagePlans extends Construct {

	private final Map<String, CfnResource> plans = new LinkedHashMap<>();

	UsagePlans(Construct scope, GatewaySettings settings, String apiId, String stage) {
		super(scope, "UsagePlans");
		settings.usagePlans(apiId, stage)
			.forEach((name, plan) -> this.plans.put(name,
					GatewayStack.plain(this, "Plan-" + name, "AWS::ApiGateway::UsagePlan", plan)));
		Map<String, CfnResource> keys = new LinkedHashMap<>();
		settings.apiKeys()
			.forEach((name, key) -> keys.put(name,
					GatewayStack.plain(this, "Key-" + name, "AWS::ApiGateway::ApiKey", key)));
		settings.usagePlanKeys().forEach((link) -> {
			String key = String.valueOf(link.get("KeyId"));
			Map<String, Object> properties = new LinkedHashMap<>(link);
			properties.put("KeyId", ref(keys, key));
			properties.put("UsagePlanId", id(String.valueOf(link.get("UsagePlanId"))));
			GatewayStack.plain(this, "Link-" + key, "AWS::ApiGateway::UsagePlanKey", properties);
		});
	}

	String id(String plan) {
		return ref(this.plans, plan);
	}

	private static String ref(Map<String, CfnResource> resources, String name) {
		CfnResource resource = resources.get(name);
		if (resource == null) {
			throw new IllegalStateException("settings.yaml names %s, but has %s".formatted(name, resources.keySet()));
		}
		return resource.getRef();
	}

}
