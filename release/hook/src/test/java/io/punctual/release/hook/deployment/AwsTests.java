package io.punctual.release.hook.deployment;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What is asked of AWS, and what is made of its answers.
 */
class AwsTests {

	private static final String DEFINITION = """
			{"taskDefinition": {"containerDefinitions": [{"name": "service",
			  "environment": [{"name": "SERVER_PORT", "value": "8080"},
			                  {"name": "PUNCTUAL_RELEASE_ID", "value": "abc123"}]}]}}""";

	private static final String SPECIFICATION = "version: 0.0\\nResources:\\n- TargetService:\\n    Type: AWS::ECS::Service"
			+ "\\n    Properties:\\n      TaskDefinition: \\\"arn:aws:ecs:eu-west-1:1:task-definition/punctual-sla:7\\\"\\n";

	private final AwsStandIn aws = new AwsStandIn();

	private final CodeDeployments deployments = new CodeDeployments(this.aws.client(CodeDeployClient.builder()),
			this.aws.client(EcsClient.builder()));

	@AfterEach
	void stop() {
		this.aws.close();
	}

	@Test
	void findsTheReleaseOfADeploymentStartedByHand() {
		this.aws
			.answering("GetDeployment",
					"""
							{"deploymentInfo": {"applicationName": "punctual", "deploymentGroupName": "sla",
							  "revision": {"revisionType": "AppSpecContent", "appSpecContent": {"content": "%s"}}}}"""
						.formatted(SPECIFICATION))
			.answering("DescribeTaskDefinition", DEFINITION);
		assertThat(this.deployments.release("d-1")).isEqualTo("abc123");
		assertThat(this.aws.calls().getLast().body().path("taskDefinition").asString())
			.endsWith("task-definition/punctual-sla:7");
	}

	@Test
	void findsTheReleaseOfADeploymentOfThePipeline() {
		this.aws.answering("GetDeployment", """
				{"deploymentInfo": {"applicationName": "punctual", "deploymentGroupName": "sla",
				  "revision": {"revisionType": "AppSpecContent", "appSpecContent": {"sha256": "00"}}}}""")
			.answering("GetApplicationRevision",
					"""
							{"revision": {"revisionType": "AppSpecContent", "appSpecContent": {"content": "%s"}}}"""
						.formatted(SPECIFICATION))
			.answering("DescribeTaskDefinition", DEFINITION);
		assertThat(this.deployments.release("d-1")).isEqualTo("abc123");
	}

	@Test
	void readsASpecificationInJsonToo() {
		assertThat(CodeDeployments.taskDefinition("""
				{"version": 0.0, "Resources": [{"TargetService": {"Properties": {"TaskDefinition": "arn:7"}}}]}"""))
			.isEqualTo("arn:7");
		assertThatIllegalStateException().isThrownBy(() -> CodeDeployments.taskDefinition("version: 0.0"));
	}

	@Test
	void saysNoInCodeDeploysWord() {
		Reports reports = CodeDeployments.reports(this.aws.client(CodeDeployClient.builder()));
		reports.report("d-1", "e-1", false);
		JsonNode call = this.aws.calls().getFirst().body();
		assertThat(call.path("deploymentId").asString()).isEqualTo("d-1");
		assertThat(call.path("lifecycleEventHookExecutionId").asString()).isEqualTo("e-1");
		assertThat(call.path("status").asString()).isEqualTo("Failed");
		reports.report("d-1", "e-1", true);
		assertThat(this.aws.calls().getLast().body().path("status").asString()).isEqualTo("Succeeded");
	}

	@Test
	void hasBeenToldWhenItWasToldBefore() {
		this.aws.first(AwsStandIn.Reply.of(400, "{\"__type\": \"LifecycleEventAlreadyCompletedException\"}"));
		CodeDeployments.reports(this.aws.client(CodeDeployClient.builder())).report("d-1", "e-1", true);
		assertThat(this.aws.calls()).hasSize(1);
	}

	@Test
	void saysItAgainInTimeWhenNothingIsAnswered() {
		this.aws.first(AwsStandIn.Reply.silence());
		Reports reports = CodeDeployments.reports(this.aws.client(CodeDeployClient.builder()));
		long start = System.nanoTime();
		assertThatExceptionOfType(SdkClientException.class).isThrownBy(() -> reports.report("d-1", "e-1", true));
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(12));
		reports.report("d-1", "e-1", true);
	}

	@ParameterizedTest
	@CsvSource({ "Created, true", "Queued, true", "InProgress, true", "Baking, true", "Ready, true", "Succeeded, false",
			"Failed, false", "Stopped, false" })
	void knowsWhetherADeploymentGoesOn(String status, boolean goesOn) {
		this.aws.answering("GetDeployment", "{\"deploymentInfo\": {\"status\": \"" + status + "\"}}");
		assertThat(this.deployments.goesOn("d-1")).isEqualTo(goesOn);
	}

	@Test
	void holdsScalingAtWhatRuns() {
		this.aws.answering("DescribeServices", "{\"services\": [{\"desiredCount\": 5}]}");
		scaling().hold("sla");
		JsonNode call = this.aws.calls().getLast().body();
		assertThat(call.path("ResourceId").asString()).isEqualTo("service/punctual/sla");
		assertThat(call.path("MinCapacity").asInt()).isEqualTo(5);
		assertThat(call.path("MaxCapacity").isMissingNode()).isTrue();
		call.path("SuspendedState").forEach((state) -> assertThat(state.asBoolean()).isTrue());
		assertThat(call.path("SuspendedState")).hasSize(3);
	}

	@Test
	void raisesTheFloorWhereFewerRun() {
		this.aws.answering("DescribeServices", "{\"services\": [{\"desiredCount\": 2}]}");
		scaling().hold("sla");
		assertThat(this.aws.calls().getLast().body().path("MinCapacity").asInt()).isEqualTo(3);
	}

	@Test
	void letsItScaleAgainFromItsOwnFloor() {
		scaling().release("sla");
		JsonNode call = this.aws.calls().getLast().body();
		assertThat(call.path("MinCapacity").asInt()).isEqualTo(2);
		call.path("SuspendedState").forEach((state) -> assertThat(state.asBoolean()).isFalse());
	}

	@Test
	void knowsEachServicesOwnFloors() {
		this.aws.answering("DescribeServices", "{\"services\": [{\"desiredCount\": 4}]}");
		scaling().hold("delivery");
		assertThat(this.aws.calls().getLast().body().path("MinCapacity").asInt()).isEqualTo(6);
		scaling().release("delivery");
		assertThat(this.aws.calls().getLast().body().path("MinCapacity").asInt()).isEqualTo(4);
		assertThatIllegalStateException().isThrownBy(() -> scaling().release("notices"))
			.withMessageContaining("PUNCTUAL_LEAST_TASKS_NOTICES");
	}

	private EcsScaling scaling() {
		return new EcsScaling(this.aws.client(ApplicationAutoScalingClient.builder()),
				this.aws.client(EcsClient.builder()),
				Map.of("PUNCTUAL_CLUSTER", "punctual", "PUNCTUAL_LEAST_TASKS_SLA", "2", "PUNCTUAL_DEPLOYING_TASKS_SLA",
						"3", "PUNCTUAL_LEAST_TASKS_DELIVERY", "4", "PUNCTUAL_DEPLOYING_TASKS_DELIVERY", "6"));
	}

	@Test
	void readsItsCredential() {
		this.aws.answering("GetSecretValue", "{\"SecretString\": \"s\"}");
		Secrets secrets = new Secrets(this.aws.client(SecretsManagerClient.builder()), Map.of("PUNCTUAL_CREDENTIAL",
				"arn:1", "PUNCTUAL_TOKEN_URI", "https://token", "PUNCTUAL_CLIENT_ID", "hook"));
		assertThat(secrets.credential("PUNCTUAL_CREDENTIAL").clientSecret()).isEqualTo("s");
		assertThat(this.aws.calls().getFirst().body().path("SecretId").asString()).isEqualTo("arn:1");
		assertThatIllegalStateException().isThrownBy(() -> secrets.text("PUNCTUAL_OTHER"))
			.withMessageContaining("OTHER");
	}

	@Test
	void knowsWhereTheServicesAre() {
		Map<String, String> variables = Map.of("PUNCTUAL_SERVICE", "sla", "PUNCTUAL_GREEN", "https://sla:9444",
				"PUNCTUAL_LIVE_CLIENTS", "c", "PUNCTUAL_LIVE_NOTICES", "n", "PUNCTUAL_LIVE_DELIVERY", "d",
				"PUNCTUAL_LIVE_SLA", "s");
		assertThat(Settings.services(variables).live("notices")).isEqualTo("n");
		assertThat(Settings.services(variables).green()).isEqualTo("https://sla:9444");
		assertThatIllegalStateException().isThrownBy(() -> Settings.services(Map.of()));
	}

}
