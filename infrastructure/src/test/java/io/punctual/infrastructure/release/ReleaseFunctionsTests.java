package io.punctual.infrastructure.release;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import io.punctual.infrastructure.settings.Service;
import io.punctual.infrastructure.support.NeedsNode;
import io.punctual.infrastructure.support.Synthesised;
import io.punctual.infrastructure.support.Template;
import io.punctual.infrastructure.support.Template.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where the functions of a release stand, what they are told, and on what they may act.
 */
@NeedsNode
class ReleaseFunctionsTests {

	private static final String ACCOUNT = "eu-west-1:222222222222:";

	private final Template stack = Synthesised.production().stack("Deployment");

	private Resource function(String name) {
		return this.stack.only("AWS::Lambda::Function", (one) -> one.text("FunctionName").equals(name));
	}

	private List<JsonNode> statements(Resource function) {
		String role = function.text("Role/Fn::GetAtt/0");
		return this.stack
			.only("AWS::IAM::Policy", (policy) -> policy.at("Roles").toString().contains("\"" + role + "\""))
			.at("PolicyDocument/Statement")
			.valueStream()
			.toList();
	}

	/**
	 * The resources of the statements with that action; what only a deployment knows is
	 * left out.
	 */
	private Set<String> on(Resource function, String action) {
		Set<String> resources = new TreeSet<>();
		statements(function).stream()
			.filter((statement) -> statement.get("Action").toString().contains("\"" + action + "\""))
			.forEach((statement) -> {
				JsonNode resource = statement.get("Resource");
				(resource.isArray() ? resource : List.of(resource)).forEach((one) -> resources.add(one.asString("")));
			});
		return resources;
	}

	@ParameterizedTest
	@EnumSource
	void hookAsksAndReportsOfItsOwnGroupOnly(Service service) {
		Resource hook = function("CodeDeployHook_" + service.id());
		for (String action : List.of("codedeploy:GetDeployment", "codedeploy:PutLifecycleEventHookExecutionStatus")) {
			assertThat(on(hook, action))
				.containsExactly("arn:aws:codedeploy:" + ACCOUNT + "deploymentgroup:punctual/" + service.id());
		}
		assertThat(statements(hook)).hasSize(2);
	}

	@ParameterizedTest
	@CsvSource({ "CodeDeployHook_clients", "CodeDeployHook_notices", "CodeDeployHook_delivery", "CodeDeployHook_sla",
			"punctual-release-gate" })
	void whatSpeaksToTheServicesKnowsWhereTheyAreAndStandsBesideThem(String name) {
		Resource function = function(name);
		for (Service service : Service.values()) {
			assertThat(function.text("Environment/Variables/PUNCTUAL_LIVE_" + service))
				.isEqualTo("https://%s.svc.punctual.example:%d".formatted(service.id(), service.productionPort()));
		}
		assertThat(function.text("Environment/Variables/PUNCTUAL_TOKEN_URI"))
			.isEqualTo("https://identity.svc.punctual.example:8449/oauth2/token");
		assertThat(function.at("VpcConfig/SubnetIds")).as("each zone, and no way out")
			.hasSize(3)
			.allSatisfy((subnet) -> assertThat(subnet.toString()).contains("Vpcinner"));
		assertThat(role(function).at("ManagedPolicyArns")).as("else it has no interface in the network")
			.singleElement()
			.satisfies((policy) -> assertThat(policy.toString()).contains("AWSLambdaVPCAccessExecutionRole"));
	}

	@ParameterizedTest
	@CsvSource({ "punctual-deployment-watcher", "punctual-synthetic-receiver" })
	void theOthersStandOutsideAndLog(String name) {
		assertThat(function(name).at("VpcConfig").isMissingNode()).isTrue();
		assertThat(role(function(name)).at("ManagedPolicyArns")).singleElement()
			.satisfies((policy) -> assertThat(policy.toString()).contains("AWSLambdaBasicExecutionRole"));
	}

	/**
	 * Application Auto Scaling tries by the rights of its caller whether a service may be
	 * updated, before it holds or lets go of the scaling.
	 * @see <a href=
	 * "https://docs.aws.amazon.com/autoscaling/application/userguide/security_iam_permission_validation.html">Permissions
	 * validation</a>
	 */
	@Test
	void watcherHoldsTheScalingOfTheFourServicesAndClosesTheirGates() {
		Resource watcher = function("punctual-deployment-watcher");
		Set<String> services = new TreeSet<>();
		Set<String> groups = new TreeSet<>();
		for (Service service : Service.values()) {
			services.add("arn:aws:ecs:" + ACCOUNT + "service/punctual/" + service.id());
			groups.add("arn:aws:codedeploy:" + ACCOUNT + "deploymentgroup:punctual/" + service.id());
		}
		assertThat(on(watcher, "ecs:DescribeServices")).isEqualTo(services);
		assertThat(on(watcher, "ecs:UpdateService")).isEqualTo(services);
		assertThat(on(watcher, "codedeploy:GetDeployment")).isEqualTo(groups);
		assertThat(on(watcher, "codedeploy:GetApplicationRevision"))
			.containsExactly("arn:aws:codedeploy:" + ACCOUNT + "application:punctual");
		assertThat(statements(watcher).stream()
			.filter((statement) -> statement.get("Action").asString("").equals("lambda:InvokeFunction")))
			.singleElement()
			.satisfies((statement) -> assertThat(statement.at("/Resource/Fn::GetAtt/0").asString())
				.isEqualTo(function("punctual-release-gate").id()));
		assertThat(watcher.text("Environment/Variables/PUNCTUAL_CLUSTER"))
			.isEqualTo(Synthesised.production().stack("Compute").only("AWS::ECS::Cluster").text("ClusterName"));
	}

	/**
	 * A service whose scaling nobody lets go of would fall at its next peak.
	 */
	@Test
	void whatTheWatcherCouldNotBeToldIsKeptForTwoWeeks() {
		Resource rule = this.stack.only("AWS::Events::Rule");
		Resource queue = this.stack.only("AWS::SQS::Queue");
		assertThat(rule.text("Targets/0/Arn/Fn::GetAtt/0")).isEqualTo(function("punctual-deployment-watcher").id());
		assertThat(rule.text("Targets/0/DeadLetterConfig/Arn/Fn::GetAtt/0")).isEqualTo(queue.id());
		assertThat(rule.at("Targets/0/RetryPolicy/MaximumEventAgeInSeconds").asInt()).isEqualTo(30 * 60);
		assertThat(queue.at("MessageRetentionPeriod").asInt()).isEqualTo(14 * 24 * 3600);
		assertThat(queue.at("SqsManagedSseEnabled").asBoolean(false)).isTrue();
		Resource policy = this.stack.only("AWS::SQS::QueuePolicy");
		assertThat(policy.at("Queues/0/Ref").asString()).isEqualTo(queue.id());
		assertThat(policy.at("PolicyDocument/Statement")).hasSize(2).anySatisfy((statement) -> {
			assertThat(statement.path("Effect").asString()).isEqualTo("Allow");
			assertThat(statement.path("Action").asString()).isEqualTo("sqs:SendMessage");
			assertThat(statement.at("/Principal/Service").asString()).isEqualTo("events.amazonaws.com");
			assertThat(statement.at("/Condition/ArnEquals/aws:SourceArn/Fn::GetAtt/0").asString()).isEqualTo(rule.id());
			assertThat(statement.at("/Resource/Fn::GetAtt/0").asString()).isEqualTo(queue.id());
		}).anySatisfy((statement) -> {
			assertThat(statement.path("Effect").asString()).isEqualTo("Deny");
			assertThat(statement.path("Action").asString()).isEqualTo("sqs:*");
			assertThat(statement.at("/Condition/Bool/aws:SecureTransport").asString()).isEqualTo("false");
		});
	}

	/**
	 * The smoke test writes the secret that the receiver reads, and registers the address
	 * that it answers at.
	 */
	@Test
	void receiverIsWhatTheSmokeTestKnows() {
		Resource secret = this.stack.only("AWS::SecretsManager::Secret");
		assertThat(function("punctual-synthetic-receiver").text("Environment/Variables/PUNCTUAL_RECEIVER_SECRET/Ref"))
			.isEqualTo(secret.id());
		assertThat(Synthesised.production()
			.stack("Pipeline")
			.only("AWS::CodeBuild::Project", (project) -> project.text("Name").equals("punctual-steps"))
			.at("Environment/EnvironmentVariables"))
			.anySatisfy((variable) -> assertThat(variable.toString()).contains("\"PUNCTUAL_RECEIVER_SECRET\"",
					"\"" + secret.text("Name") + "\""));
		Resource address = this.stack.only("AWS::SSM::Parameter");
		assertThat(address.text("Value/Fn::GetAtt/0")).isEqualTo(this.stack.only("AWS::Lambda::Url").id());
		assertThat(function("punctual-synthetic-receiver").at("Timeout").asInt()).isBetween(5, 10);
	}

	@Test
	void applicationIsOfEcs() {
		assertThat(this.stack.only("AWS::CodeDeploy::Application").text("ComputePlatform")).isEqualTo("ECS");
	}

	private Resource role(Resource function) {
		return this.stack.only("AWS::IAM::Role", (role) -> role.id().equals(function.text("Role/Fn::GetAtt/0")));
	}

}
