package io.punctual.infrastructure.release;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import io.punctual.infrastructure.settings.Environment;
import io.punctual.infrastructure.settings.Fleet;
import io.punctual.infrastructure.settings.Profile;
import io.punctual.infrastructure.settings.Service;
import io.punctual.infrastructure.support.NeedsNode;
import io.punctual.infrastructure.support.Synthesised;
import io.punctual.infrastructure.support.Template;
import io.punctual.infrastructure.support.Template.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How traffic moves, and what turns it back.
 */
@NeedsNode
class DeploymentStackTests {

	private final Template stack = Synthesised.production().stack("Deployment");

	private Resource group(Service service) {
		return this.stack.only("AWS::CodeDeploy::DeploymentGroup",
				(group) -> group.text("DeploymentGroupName").equals(service.id()));
	}

	private Resource function(String name) {
		return this.stack.only("AWS::Lambda::Function", (function) -> function.text("FunctionName").equals(name));
	}

	@ParameterizedTest
	@EnumSource(Service.class)
	void shiftsEachServiceByItsOwnPairOfTargetGroupsAndListeners(Service service) {
		Resource group = group(service);
		assertThat(group.text("DeploymentStyle/DeploymentType")).isEqualTo("BLUE_GREEN");
		assertThat(group.text("DeploymentStyle/DeploymentOption")).isEqualTo("WITH_TRAFFIC_CONTROL");
		JsonNode pair = group.at("LoadBalancerInfo/TargetGroupPairInfoList/0");
		assertThat(pair.at("/TargetGroups/0/Name").asString()).isEqualTo(service.id() + "-blue");
		assertThat(pair.at("/TargetGroups/1/Name").asString()).isEqualTo(service.id() + "-green");
		for (String kind : List.of("Production", "Test")) {
			String route = kind.equals("Production") ? "Prod" : "Test";
			assertThat(pair.at("/" + route + "TrafficRoute/ListenerArns/0/Fn::ImportValue").asString())
				.startsWith("Traffic:ExportsOutputRef" + service.title() + kind);
		}
		assertThat(group.text("ECSServices/0/ServiceName")).isEqualTo(service.id());
	}

	@ParameterizedTest
	@EnumSource(Service.class)
	void movesAllTrafficAtOnceAndKeepsBlueWarm(Service service) {
		Resource group = group(service);
		assertThat(group.text("DeploymentConfigName")).isEqualTo("CodeDeployDefault.ECSAllAtOnce");
		JsonNode blueGreen = group.at("BlueGreenDeploymentConfiguration");
		assertThat(blueGreen.at("/TerminateBlueInstancesOnDeploymentSuccess/TerminationWaitTimeInMinutes").asInt())
			.isEqualTo(10);
		assertThat(blueGreen.at("/DeploymentReadyOption/ActionOnTimeout").asString()).isEqualTo("CONTINUE_DEPLOYMENT");
	}

	@ParameterizedTest
	@EnumSource(Service.class)
	void turnsBackOnFailureAndOnItsAlarm(Service service) {
		Resource group = group(service);
		assertThat(group.at("AutoRollbackConfiguration/Enabled").asBoolean()).isTrue();
		assertThat(group.at("AutoRollbackConfiguration/Events").valueStream().map(JsonNode::asString))
			.contains("DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM");
		assertThat(group.at("AlarmConfiguration/Enabled").asBoolean()).isTrue();
		assertThat(group.at("AutoRollbackConfiguration/Events").valueStream().map(JsonNode::asString))
			.as("stopped by hand, too")
			.contains("DEPLOYMENT_STOP_ON_REQUEST");
		assertThat(group.at("AlarmConfiguration/IgnorePollAlarmFailure").asBoolean(true))
			.as("an alarm that cannot be read stops a deployment")
			.isFalse();
		String alarm = group.at("AlarmConfiguration/Alarms/0/Name/Ref").asString();
		Resource found = this.stack.only("AWS::CloudWatch::Alarm", (one) -> one.id().equals(alarm));
		assertThat(found.text("AlarmName")).isEqualTo("punctual-" + service.id() + "-release");
		assertThat(found.text("TreatMissingData")).isEqualTo("notBreaching");
		assertThat(found.at("EvaluationPeriods").asInt()).isEqualTo(1);
		assertThat(found.text("AlarmDescription")).contains("docs/runbooks/");
	}

	/**
	 * CodeDeploy would wait an hour for a hook that crashed, and one that is tried again
	 * could let in what has been turned back.
	 */
	@ParameterizedTest
	@EnumSource(Service.class)
	void turnsBackWhenItsHookCrashes(Service service) {
		Resource hook = function("CodeDeployHook_" + service.id());
		Resource alarm = this.stack.only("AWS::CloudWatch::Alarm",
				(one) -> one.text("AlarmName").equals("punctual-" + service.id() + "-release"));
		JsonNode crashes = alarm.at("Metrics")
			.valueStream()
			.filter((metric) -> metric.path("Id").asString().equals("crashed"))
			.findFirst()
			.orElseThrow();
		assertThat(crashes.at("/MetricStat/Metric/MetricName").asString()).isEqualTo("Errors");
		assertThat(crashes.at("/MetricStat/Metric/Dimensions/0/Value").asString()).isEqualTo(hook.text("FunctionName"));
		assertThat(alarm.at("Metrics/0/Expression").asString()).contains("OR FILL(crashed, 0) > 0");
		Resource invoked = this.stack.only("AWS::Lambda::EventInvokeConfig",
				(config) -> config.at("FunctionName/Ref").asString().equals(hook.id()));
		assertThat(invoked.at("MaximumRetryAttempts").asInt(-1)).isZero();
	}

	@Test
	void knowsTheCautiousProfileByCodeDeploysName() {
		assertThat(Profile.CAUTIOUS.configuration()).isEqualTo("CodeDeployDefault.ECSCanary10Percent5Minutes");
	}

	@ParameterizedTest
	@EnumSource(Service.class)
	void triesAReleaseAtTheTestListenerByAFunctionOfJava25(Service service) {
		Resource hook = function("CodeDeployHook_" + service.id());
		assertThat(hook.text("Runtime")).isEqualTo("java25");
		assertThat(hook.text("Handler")).isEqualTo("io.punctual.release.hook.HookHandler");
		assertThat(hook.text("Environment/Variables/PUNCTUAL_GREEN"))
			.isEqualTo("https://%s.svc.punctual.example:%d".formatted(service.id(), service.testPort()));
		assertThat(hook.text("Environment/Variables/PUNCTUAL_LIVE_CLIENTS")).endsWith(":8441");
		assertThat(hook.at("VpcConfig/SubnetIds")).isNotEmpty();
		// It reports within its own time, which must be longer than what it reserves for
		// that.
		assertThat(hook.at("Timeout").asInt()).isBetween(60, 300);
	}

	@Test
	void namesHandlersThatThereAre() {
		this.stack.all("AWS::Lambda::Function").forEach((function) -> {
			String handler = function.text("Handler").replace('.', '/') + ".java";
			assertThat(java.nio.file.Path.of("../release/hook/src/main/java", handler)).exists();
		});
	}

	@Test
	void givesEachFunctionTheVariablesThatItReads() {
		assertVariables("CodeDeployHook_sla", "PUNCTUAL_SERVICE", "PUNCTUAL_GREEN", "PUNCTUAL_LIVE_CLIENTS",
				"PUNCTUAL_LIVE_NOTICES", "PUNCTUAL_LIVE_DELIVERY", "PUNCTUAL_LIVE_SLA", "PUNCTUAL_TOKEN_URI",
				"PUNCTUAL_CLIENT_ID", "PUNCTUAL_CREDENTIAL");
		assertVariables("punctual-release-gate", "PUNCTUAL_LIVE_CLIENTS", "PUNCTUAL_LIVE_NOTICES",
				"PUNCTUAL_LIVE_DELIVERY", "PUNCTUAL_LIVE_SLA", "PUNCTUAL_TOKEN_URI", "PUNCTUAL_CLIENT_ID",
				"PUNCTUAL_CREDENTIAL");
		assertVariables("punctual-deployment-watcher", "PUNCTUAL_CLUSTER", "PUNCTUAL_DEPLOYING_TASKS_CLIENTS",
				"PUNCTUAL_DEPLOYING_TASKS_NOTICES", "PUNCTUAL_DEPLOYING_TASKS_DELIVERY", "PUNCTUAL_DEPLOYING_TASKS_SLA",
				"PUNCTUAL_LEAST_TASKS_CLIENTS", "PUNCTUAL_LEAST_TASKS_NOTICES", "PUNCTUAL_LEAST_TASKS_DELIVERY",
				"PUNCTUAL_LEAST_TASKS_SLA", "PUNCTUAL_GATE_FUNCTION");
		assertVariables("punctual-synthetic-receiver", "PUNCTUAL_RECEIVER_SECRET");
	}

	/**
	 * By a fleet in which no two numbers are the same.
	 */
	@Test
	void tellsTheWatcherEachServicesOwnFloors() {
		Map<Service, Fleet.Tasks> tasks = new EnumMap<>(Service.class);
		for (Service service : Service.values()) {
			int fewest = service.ordinal() + 1;
			tasks.put(service, new Fleet.Tasks(256, 1024, fewest, fewest + 10, 20));
		}
		Template uneven = Synthesised.of(Environment.staging().with(new Fleet(tasks))).stack("Deployment");
		JsonNode variables = uneven
			.only("AWS::Lambda::Function",
					(function) -> function.text("FunctionName").equals("punctual-deployment-watcher"))
			.at("Environment/Variables");
		tasks.forEach((service, each) -> {
			assertThat(variables.path("PUNCTUAL_LEAST_TASKS_" + service).asString(""))
				.isEqualTo(String.valueOf(each.fewest()));
			assertThat(variables.path("PUNCTUAL_DEPLOYING_TASKS_" + service).asString(""))
				.isEqualTo(String.valueOf(each.deploying()));
		});
	}

	private void assertVariables(String function, String... names) {
		assertThat(function(function).at("Environment/Variables").propertyNames()).containsExactlyInAnyOrder(names);
	}

	@Test
	void letsAHookReportForItsOwnGroupOnly() {
		Resource policy = this.stack.named("AWS::IAM::Policy", "FunctionsSlaHookRole");
		String statements = policy.at("PolicyDocument/Statement").toString();
		assertThat(statements).contains("codedeploy:PutLifecycleEventHookExecutionStatus",
				"deploymentgroup:punctual/sla");
		assertThat(statements).doesNotContain("deploymentgroup:punctual/clients", "\"*\"");
	}

	@Test
	void hearsOfEveryChangeOfADeployment() {
		Resource rule = this.stack.only("AWS::Events::Rule");
		assertThat(rule.text("EventPattern/source/0")).isEqualTo("aws.codedeploy");
		assertThat(rule.text("EventPattern/detail-type/0"))
			.isEqualTo("CodeDeploy Deployment State-change Notification");
		assertThat(rule.text("EventPattern/detail/application/0")).isEqualTo("punctual");
		assertThat(rule.at("Targets/0/RetryPolicy/MaximumRetryAttempts").asInt()).isEqualTo(10);
		assertThat(rule.at("Targets/0/DeadLetterConfig")).isNotEmpty();
	}

	@Test
	void keepsTheReceiverPublicAndSmall() {
		Resource url = this.stack.only("AWS::Lambda::Url");
		assertThat(url.text("AuthType")).isEqualTo("NONE");
		Resource receiver = function("punctual-synthetic-receiver");
		assertThat(receiver.at("ReservedConcurrentExecutions").asInt()).isEqualTo(5);
		assertThat(receiver.at("VpcConfig").isMissingNode()).isTrue();
		assertThat(this.stack.named("AWS::SSM::Parameter", "FunctionsReceiverAddress").text("Name"))
			.isEqualTo("/punctual/release/receiver");
	}

	@Test
	void letsCodeDeployDoWhatItsOwnPolicyForEcsSays() {
		String role = this.stack.only("AWS::CodeDeploy::DeploymentGroup", (group) -> group.id().startsWith("Sla"))
			.at("ServiceRoleArn/Fn::GetAtt/0")
			.asString();
		Resource found = this.stack.only("AWS::IAM::Role", (one) -> one.id().equals(role));
		assertThat(found.at("ManagedPolicyArns").toString()).contains(":iam::aws:policy/AWSCodeDeployRoleForECS\"");
		assertThat(found.at("AssumeRolePolicyDocument").toString()).contains("codedeploy.amazonaws.com");
	}

	/**
	 * An alarm that cannot be asked turns back as one that rings does.
	 */
	@ParameterizedTest
	@EnumSource(Service.class)
	void goesBackByItselfOnEveryFailureAndEndsBlueOnlyWhenAllIsWell(Service service) {
		Resource group = this.stack.only("AWS::CodeDeploy::DeploymentGroup",
				(one) -> one.text("DeploymentGroupName").equals(service.id()));
		assertThat(group.at("AlarmConfiguration/Enabled").asBoolean(false)).isTrue();
		assertThat(group.at("AlarmConfiguration/IgnorePollAlarmFailure").asBoolean(true)).isFalse();
		assertThat(group.at("AutoRollbackConfiguration/Enabled").asBoolean(false)).isTrue();
		assertThat(group.at("AutoRollbackConfiguration/Events")).extracting(JsonNode::asString)
			.containsExactlyInAnyOrder("DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM", "DEPLOYMENT_STOP_ON_REQUEST");
		assertThat(group.text("BlueGreenDeploymentConfiguration/TerminateBlueInstancesOnDeploymentSuccess/Action"))
			.isEqualTo("TERMINATE");
		assertThat(group.text("ApplicationName"))
			.isEqualTo(this.stack.only("AWS::CodeDeploy::Application").text("ApplicationName"));
		assertThat(group.text("ECSServices/0/ClusterName"))
			.isEqualTo(Synthesised.production().stack("Compute").only("AWS::ECS::Cluster").text("ClusterName"));
	}

}
