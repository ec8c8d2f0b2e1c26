package io.punctual.infrastructure.gateway;

import java.util.ArrayList;
import java.util.List;

import io.punctual.infrastructure.support.NeedsNode;
import io.punctual.infrastructure.support.Synthesised;
import io.punctual.infrastructure.support.Template;
import io.punctual.infrastructure.support.Template.Resource;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link GatewayStack} and {@link FallbackStack}.
 */
@NeedsNode
class GatewayStackTests {

	private final Template gateway = Synthesised.production().stack("Gateway");

	private final JsonNode body = this.gateway.only("AWS::ApiGateway::RestApi").at("Body");

	private final Resource stage = this.gateway.only("AWS::ApiGateway::Stage");

	@Test
	void reachesEveryOperationThroughTheLinkAndTheLoadBalancer() {
		List<JsonNode> integrations = integrations();
		assertThat(integrations).hasSizeGreaterThan(50).allSatisfy((integration) -> {
			assertThat(integration.get("connectionType").asString()).isEqualTo("VPC_LINK");
			assertThat(integration.get("connectionId").toString()).contains("Link");
			assertThat(integration.get("integrationTarget").toString()).contains("LoadBalancer");
			assertThat(integration.get("uri").asString())
				.matches("https://(clients|notices|delivery|sla)\\.svc\\.punctual\\.example:844[1-4]/.*");
		});
	}

	@Test
	void asksTheUserPoolForTokens() {
		assertThat(this.body.at("/components/securitySchemes").toString()).contains("providerARNs", "Pool")
			.doesNotContain("stageVariables.userPool");
	}

	@Test
	void leavesOnlyTheHealthCheckAndAMailsLinkOpen() {
		List<String> open = new ArrayList<>();
		this.body.get("paths").properties().forEach((path) -> path.getValue().properties().forEach((operation) -> {
			if (!operation.getKey().equals("options") && operation.getValue().path("security").isEmpty()) {
				open.add(path.getKey());
			}
		}));
		String link = "/v1/acknowledgements/{token}";
		assertThat(open).containsExactlyInAnyOrder(ApiDocument.HEALTH_PATH, link, link);
	}

	@Test
	void takesStageCacheAndThrottlesFromTheSettings() {
		assertThat(this.stage.text("StageName")).isEqualTo("live");
		assertThat(this.stage.at("CacheClusterEnabled").asBoolean()).isTrue();
		assertThat(this.stage.at("MethodSettings")).extracting((setting) -> setting.get("ResourcePath").asString())
			.contains("/*", "/~1v1~1clients~1bulk-upsert", "/~1v1~1agreements~1{agreementId}~1versions~1{version}");
		assertThat(this.stage.at("Variables").toString()).contains("svc.punctual.example",
				"https://console.punctual.example");
	}

	@Test
	void logsAccessInTheSettingsFormat() {
		assertThat(this.stage.text("AccessLogSetting/Format")).contains("$context.requestId",
				"$context.identity.apiKeyId");
		assertThat(this.stage.at("AccessLogSetting/DestinationArn").toString()).contains("AccessLog");
		assertThat(this.gateway.only("AWS::ApiGateway::Account").at("CloudWatchRoleArn").toString())
			.contains("LogRole");
	}

	/**
	 * A stage cannot log before the account has a role for it.
	 */
	@Test
	void makesTheStageAfterTheAccountsRoleForLogs() {
		assertThat(this.stage.json().path("DependsOn").toString())
			.contains(this.gateway.only("AWS::ApiGateway::Account").id());
	}

	@Test
	void makesKeysWhoseValuesNobodyHasWritten() {
		assertThat(this.gateway.all("AWS::ApiGateway::ApiKey")).isNotEmpty()
			.allSatisfy((key) -> assertThat(key.at("Value").isMissingNode()).isTrue());
		assertThat(this.gateway.all("AWS::ApiGateway::UsagePlan")).extracting((plan) -> plan.text("UsagePlanName"))
			.containsExactlyInAnyOrder("clients", "provider");
		assertThat(this.gateway.all("AWS::ApiGateway::UsagePlan"))
			.allSatisfy((plan) -> assertThat(plan.at("ApiStages/0/Stage").toString()).contains("Stage"));
	}

	@Test
	void refusesAMediaTypeThatAMockKnowsNothingOf() {
		List<JsonNode> mocks = new ArrayList<>();
		this.body.get("paths").properties().forEach((path) -> path.getValue().properties().forEach((operation) -> {
			JsonNode integration = operation.getValue().path("x-amazon-apigateway-integration");
			if (integration.path("type").asString("").equals("MOCK")) {
				mocks.add(integration);
			}
		}));
		assertThat(mocks).hasSize(this.body.get("paths").size())
			.allSatisfy((mock) -> assertThat(mock.path("passthroughBehavior").asString()).isEqualTo("NEVER"));
	}

	@Test
	void failsOverToTheStaticAnswer() {
		Resource primary = this.gateway.only("AWS::Route53::RecordSet");
		Resource secondary = Synthesised.production().stack("Fallback").only("AWS::Route53::RecordSet");
		assertThat(primary.text("Name")).isEqualTo("api.punctual.example").isEqualTo(secondary.text("Name"));
		assertThat(primary.text("Failover")).isEqualTo("PRIMARY");
		assertThat(secondary.text("Failover")).isEqualTo("SECONDARY");
		assertThat(primary.at("HealthCheckId").isMissingNode()).isFalse();
		Resource health = this.gateway.only("AWS::Route53::HealthCheck");
		assertThat(health.at("HealthCheckConfig/ResourcePath").toString()).contains(ApiDocument.HEALTH_PATH);
		assertThat(health.at("HealthCheckConfig/FullyQualifiedDomainName").toString()).contains("execute-api");
	}

	private List<JsonNode> integrations() {
		List<JsonNode> integrations = new ArrayList<>();
		this.body.get("paths").properties().forEach((path) -> path.getValue().properties().forEach((operation) -> {
			if (!operation.getKey().equals("options") && !path.getKey().equals(ApiDocument.HEALTH_PATH)) {
				integrations.add(operation.getValue().get("x-amazon-apigateway-integration"));
			}
		}));
		return integrations;
	}

}
