package io.punctual.infrastructure.gateway;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.punctual.infrastructure.common.Explained;
import io.punctual.infrastructure.common.Logs;
import io.punctual.infrastructure.common.Named;
import io.punctual.infrastructure.compute.ComputeStack;
import io.punctual.infrastructure.domain.DomainStack;
import io.punctual.infrastructure.identity.IdentityStack;
import io.punctual.infrastructure.network.NetworkStack;
import io.punctual.infrastructure.settings.Environment;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.CfnResource;
import software.amazon.awscdk.services.apigateway.CfnAccount;
import software.amazon.awscdk.services.apigateway.CfnDeployment;
import software.amazon.awscdk.services.apigateway.CfnRestApi;
import software.amazon.awscdk.services.apigateway.CfnStage;
import software.amazon.awscdk.services.iam.ManagedPolicy;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/**
 * The REST API, by the document and the settings of {@code gateway-config}.
 */
public final class GatewayStack extends Named {

	/**
	 * The output that {@code release/gateway} gives to the stack Failover, which is in
	 * another region.
	 */
	static final String HEALTH_OUTPUT = "HealthCheck";

	private final String healthCheck;

	private final CfnRestApi api;

	private final CfnStage stage;

	private final UsagePlans plans;

	public GatewayStack(Construct scope, Environment environment, NetworkStack network, DomainStack domain,
			IdentityStack identity, ComputeStack compute) {
		super(scope, "Gateway", "the public API", environment);
		GatewaySettings settings = new GatewaySettings();
		ApiDocument document = new ApiDocument();
		Map<String, String> values = new LinkedHashMap<>();
		values.put("link", network.linkId());
		values.put("loadBalancer", compute.loadBalancer().arn());
		values.put("userPool", identity.pool().getUserPoolArn());
		values.put("zone", environment.internalZone());
		this.api = CfnRestApi.Builder.create(this, "Api")
			.name("punctual")
			.description("gateway-config/openapi.yaml")
			.body(document.with(values))
			.failOnWarnings(true)
			.endpointConfiguration(
					CfnRestApi.EndpointConfigurationProperty.builder().types(List.of("REGIONAL")).build())
			.build();
		Explained.exception(this.api, "AwsSolutions-APIG2",
				"The document has a validator for all operations; bodies are checked by the services, which name the "
						+ "field.");
		values.put("webOrigin", environment.webOrigin());
		this.stage = stage(environment, settings, document.digest(), values);
		this.plans = new UsagePlans(this, settings, this.api.getRef(), this.stage.getRef());
		new Firewall(this, environment, stageArn(environment), settings.highestRate());
		this.healthCheck = new PublicName(this, environment, domain, this.api, this.stage).healthCheck();
		CfnOutput.Builder.create(this, HEALTH_OUTPUT).value(this.healthCheck).build();
	}

	public String apiId() {
		return this.api.getRef();
	}

	/**
	 * What Route 53 asks, by its id.
	 */
	public String healthCheck() {
		return this.healthCheck;
	}

	public String stageName() {
		return this.stage.getRef();
	}

	/**
	 * The plan that clients' API keys are added to.
	 */
	public String clientsPlan() {
		return this.plans.id("clients");
	}

	private CfnStage stage(Environment environment, GatewaySettings settings, String digest,
			Map<String, String> values) {
		CfnDeployment deployment = CfnDeployment.Builder.create(this, "Deployment" + digest)
			.restApiId(this.api.getRef())
			.description("The document " + digest)
			.build();
		LogGroup log = Logs.group(this, "AccessLog", "/punctual/gateway", environment);
		Map<String, Object> properties = settings.stage();
		@SuppressWarnings("unchecked")
		Map<String, Object> access = (Map<String, Object>) Objects.requireNonNull(properties.remove("AccessLogSetting"),
				"an access log's format");
		Map<String, String> variables = new LinkedHashMap<>(values);
		variables.keySet().retainAll(settings.variables());
		CfnStage made = CfnStage.Builder.create(this, "Stage")
			.restApiId(this.api.getRef())
			.deploymentId(deployment.getRef())
			.variables(variables)
			.tracingEnabled(false)
			.accessLogSetting(CfnStage.AccessLogSettingProperty.builder()
				.destinationArn(LogDestination.arn(log, environment))
				.format(String.valueOf(access.get("Format")))
				.build())
			.build();
		properties.forEach(made::addPropertyOverride);
		made.getNode().addDependency(account());
		Explained.exception(made, "AwsSolutions-APIG6",
				"Execution logs hold bodies; access logs say who asked what, and the services log the rest.");
		return made;
	}

	/**
	 * One for each region and account: staging and production are apart for its sake too.
	 */
	private CfnAccount account() {
		Role role = Role.Builder.create(this, "LogRole")
			.assumedBy(ServicePrincipal.Builder.create("apigateway.amazonaws.com").build())
			.managedPolicies(List
				.of(ManagedPolicy.fromAwsManagedPolicyName("service-role/AmazonAPIGatewayPushToCloudWatchLogs")))
			.build();
		Explained.exception(role, "AwsSolutions-IAM4", "API Gateway takes the role with AWS's own policy only.");
		return CfnAccount.Builder.create(this, "Account").cloudWatchRoleArn(role.getRoleArn()).build();
	}

	private String stageArn(Environment environment) {
		return "arn:aws:apigateway:%s::/restapis/%s/stages/%s".formatted(environment.region(), this.api.getRef(),
				this.stage.getRef());
	}

	/**
	 * A resource whose properties are passed on as they stand.
	 */
	static CfnResource plain(Construct scope, String id, String type, Map<String, Object> properties) {
		return CfnResource.Builder.create(scope, id).type(type).properties(properties).build();
	}

}
