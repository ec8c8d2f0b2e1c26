package io.punctual.infrastructure.budget;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

import io.punctual.infrastructure.settings.Environment;
import io.punctual.infrastructure.settings.Fleet;
import io.punctual.infrastructure.settings.Profile;
import io.punctual.infrastructure.settings.Repository;
import io.punctual.infrastructure.settings.Service;
import io.punctual.infrastructure.support.NeedsNode;
import io.punctual.infrastructure.support.Synthesised;
import io.punctual.infrastructure.support.Template.Resource;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * The cost page's quantities are those of what is built.
 */
@NeedsNode
class CostQuantityTests {

	private static final int HOURS = 730;

	private static final List<Environment> BOTH = List.of(Environment.staging(), Environment.production());

	private final CostLines lines = new CostLines();

	@Test
	void networkIsCounted() {
		both("NAT gateways", (environment) -> HOURS * all(environment, "AWS::EC2::NatGateway").size());
		both("Public addresses (NAT)", (environment) -> HOURS * all(environment, "AWS::EC2::EIP").size());
		both("Interface endpoints",
				(environment) -> HOURS * all(environment, "AWS::EC2::VPCEndpoint").stream()
					.filter((endpoint) -> endpoint.text("VpcEndpointType").equals("Interface"))
					.mapToInt((endpoint) -> endpoint.at("SubnetIds").size())
					.sum());
		both("Load balancer",
				(environment) -> HOURS * all(environment, "AWS::ElasticLoadBalancingV2::LoadBalancer").size());
		both("Route 53: zones", (environment) -> all(environment, "AWS::Route53::HostedZone").size()
				+ all(environment, "AWS::ServiceDiscovery::PrivateDnsNamespace").size());
		both("Route 53: health check, HTTPS", (environment) -> all(environment, "AWS::Route53::HealthCheck").size());
	}

	@Test
	void tasksAreCountedAndDoubledWhileTheyAreReleased() {
		both("Fargate ARM, vCPU", (environment) -> HOURS * running(environment, "Cpu"));
		both("Fargate ARM, memory", (environment) -> HOURS * running(environment, "Memory"));
		both("Fargate ARM, vCPU of releases", (environment) -> releasing(environment, (tasks) -> tasks.cpu() / 1024.0));
		both("Fargate ARM, memory of releases",
				(environment) -> releasing(environment, (tasks) -> tasks.memoryMib() / 1024.0));
	}

	private static double running(Environment environment, String size) {
		return all(environment, "AWS::ECS::Service").stream()
			.mapToDouble((service) -> all(environment, "AWS::ECS::TaskDefinition").stream()
				.filter((task) -> service.mentions(task.id()))
				.mapToDouble((task) -> service.at("DesiredCount").asInt() * Double.parseDouble(task.text(size)) / 1024)
				.sum())
			.sum();
	}

	/**
	 * Blue and green stand at the floor of a deployment for about five minutes until the
	 * traffic has moved, and until blue ends.
	 */
	private static double releasing(Environment environment, ToDoubleFunction<Fleet.Tasks> size) {
		return Arrays.stream(Service.values())
			.map((service) -> environment.fleet().of(service))
			.mapToDouble((tasks) -> (2 * tasks.deploying() - tasks.fewest()) * size.applyAsDouble(tasks))
			.sum() * releases(environment) * (5 + Profile.WARM_MINUTES) / 60;
	}

	private static int releases(Environment environment) {
		return environment.isProduction() ? 200 : 100;
	}

	@Test
	void databaseIsCounted() {
		both("RDS instance, primary and standby", (environment) -> HOURS * instances(environment));
		both("RDS storage gp3, both", (environment) -> instances(environment)
				* Double.parseDouble(all(environment, "AWS::RDS::DBInstance").getFirst().text("AllocatedStorage")));
		both("RDS Database Insights, advanced",
				(environment) -> all(environment, "AWS::RDS::DBInstance").stream()
					.filter((instance) -> instance.text("DatabaseInsightsMode").equals("advanced"))
					.count() * 2 * HOURS);
		assertThat(BOTH)
			.extracting((environment) -> all(environment, "AWS::RDS::DBInstance").getFirst().text("DBInstanceClass"))
			.as("what the prices are of")
			.containsExactly("db.t4g.medium", "db.m7g.large");
	}

	private static int instances(Environment environment) {
		return all(environment, "AWS::RDS::DBInstance").stream()
			.mapToInt((instance) -> instance.at("MultiAZ").asBoolean() ? 2 : 1)
			.sum();
	}

	@Test
	void entranceIsCounted() {
		both("API Gateway, cache 0.5 GB",
				(environment) -> HOURS * all(environment, "AWS::ApiGateway::Stage").stream()
					.filter((stage) -> stage.text("CacheClusterSize").equals("0.5"))
					.count());
		both("WAF: web ACL", (environment) -> all(environment, "AWS::WAFv2::WebACL").size());
		both("WAF: rules",
				(environment) -> all(environment, "AWS::WAFv2::WebACL").stream()
					.mapToInt((acl) -> acl.at("Rules").size())
					.sum());
	}

	@Test
	void whatWatchesIsCounted() throws IOException {
		both("CloudWatch alarms, metrics in them",
				(environment) -> all(environment, "AWS::CloudWatch::Alarm").stream()
					.mapToLong((alarm) -> metrics(alarm.at("Metrics")))
					.sum());
		both("CloudWatch alarms of the scaling",
				(environment) -> 2 * all(environment, "AWS::ApplicationAutoScaling::ScalingPolicy").stream()
					.mapToLong((policy) -> metrics(policy
						.at("TargetTrackingScalingPolicyConfiguration/CustomizedMetricSpecification/Metrics")))
					.sum());
		both("CloudWatch composite alarms",
				(environment) -> all(environment, "AWS::CloudWatch::CompositeAlarm").size());
		both("CloudWatch dashboard", (environment) -> all(environment, "AWS::CloudWatch::Dashboard").size());
		both("CloudWatch metrics of log filters",
				(environment) -> all(environment, "AWS::Logs::MetricFilter").stream()
					.map((filter) -> filter.text("MetricTransformations/0/MetricNamespace")
							+ filter.text("MetricTransformations/0/MetricName"))
					.distinct()
					.count());
		both("CloudWatch requests: metrics sent",
				(environment) -> Arrays.stream(Service.values())
					.mapToInt((service) -> environment.fleet().of(service).fewest())
					.sum() * HOURS * 60 / 1000.0);
		long canary = Pattern.compile("\\{Name: '")
			.matcher(Files.readString(Repository.file("infrastructure/src/main/resources/canary/index.mjs")))
			.results()
			.count();
		both("CloudWatch metrics of canary and drill", (environment) -> canary + 1);
		for (Environment environment : BOTH) {
			assertThat(all(environment, "AWS::ECS::Cluster").getFirst().text("ClusterSettings/0/Value"))
				.as("enhanced observability is charged otherwise")
				.isEqualTo("enabled");
			assertThat(all(environment, "AWS::CloudTrail::Trail")).as("only the first copy is free")
				.singleElement()
				.matches((trail) -> trail.at("EventSelectors").isMissingNode(), "has no data events");
		}
	}

	private static long metrics(JsonNode of) {
		return Math.max(1,
				StreamSupport.stream(of.spliterator(), false).filter((metric) -> metric.has("MetricStat")).count());
	}

	@Test
	void keysAndSecretsAreCounted() {
		both("KMS keys", (environment) -> all(environment, "AWS::KMS::Key").size());
		both("Secrets",
				(environment) -> all(environment, "AWS::SecretsManager::Secret").size()
						+ all(environment, "AWS::RDS::DBInstance").stream()
							.filter((instance) -> instance.at("ManageMasterUserPassword").asBoolean())
							.count());
	}

	@Test
	void releasesAreCounted() {
		both("Builds (CodeBuild, large)", (environment) -> 4 * releases(environment));
		// Two runs before a merge; then a look for their note.
		both("Tests (CodeBuild, large on x86)", (environment) -> (2 * 10 + 1) * releases(environment));
		both("Steps (CodeBuild, small)", (environment) -> (2 + 5) * releases(environment));
		both("SBOMs looked at (Inspector)", (environment) -> Service.values().length * releases(environment));
		both("Pipeline (CodePipeline V2)", (environment) -> (2 * 12 + 15) * releases(environment));
		for (Environment environment : BOTH) {
			assertThat(all(environment, "AWS::CodeBuild::Project"))
				.extracting(
						(project) -> project.text("Environment/Type") + " " + project.text("Environment/ComputeType"))
				.containsExactlyInAnyOrder("ARM_CONTAINER BUILD_GENERAL1_LARGE", "ARM_CONTAINER BUILD_GENERAL1_SMALL",
						"ARM_CONTAINER BUILD_GENERAL1_SMALL", "ARM_CONTAINER BUILD_GENERAL1_SMALL",
						"LINUX_CONTAINER BUILD_GENERAL1_LARGE", "LINUX_CONTAINER BUILD_GENERAL1_LARGE");
		}
		both("Images (ECR)", (environment) -> 0.1 * all(environment, "AWS::ECR::Repository").stream()
			.map((repository) -> JsonMapper.shared().readTree(repository.text("LifecyclePolicy/LifecyclePolicyText")))
			.mapToInt((policy) -> policy.at("/rules/1/selection/countNumber").asInt())
			.max()
			.orElseThrow());
	}

	@Test
	void functionsAreCounted() {
		both("Lambda: canary, hooks", (environment) -> {
			Resource every = all(environment, "AWS::Events::Rule").stream()
				.filter((rule) -> rule.text("ScheduleExpression").endsWith(" minutes)"))
				.findFirst()
				.orElseThrow();
			int minutes = Integer.parseInt(every.text("ScheduleExpression").replaceAll("\\D", ""));
			double canary = HOURS * 60.0 / minutes * 10 * gib(environment, "punctual-canary");
			double hooks = Arrays.stream(Service.values())
				.mapToDouble(
						(service) -> releases(environment) * 30 * gib(environment, "CodeDeployHook_" + service.id()))
				.sum();
			return (canary + hooks) / 1_000_000;
		});
	}

	private static double gib(Environment environment, String function) {
		return all(environment, "AWS::Lambda::Function").stream()
			.filter((candidate) -> candidate.text("FunctionName").equals(function))
			.mapToDouble((found) -> found.at("MemorySize").asInt() / 1024.0)
			.sum();
	}

	@Test
	void tokensAreAsManyAsTheirLifeAndTheTasksMakeThem() {
		for (Environment environment : BOTH) {
			assertThat(all(environment, "AWS::Cognito::UserPoolClient")).isNotEmpty()
				.allSatisfy((client) -> assertThat(client.at("AccessTokenValidity").asInt()).isEqualTo(60));
			assertThat(all(environment, "AWS::Cognito::UserPool").getFirst().text("UserPoolTier"))
				.isEqualTo("ESSENTIALS");
		}
		both("Cognito tokens of clients", (environment) -> (environment.isProduction() ? 100 : 10) * HOURS / 1000.0);
		// Each task gets one two minutes before the last one ends; two thousand are the
		// canary's and the releases'.
		both("Cognito tokens of our own", (environment) -> 2 + Math
			.round(Arrays.stream(Service.values()).mapToInt((service) -> environment.fleet().of(service).fewest()).sum()
					* HOURS * 60 / 58 / 1000.0));
	}

	private static List<Resource> all(Environment environment, String type) {
		return Synthesised.of(environment).all(type);
	}

	private void both(String name, ToDoubleFunction<Environment> quantity) {
		CostLines.Line line = this.lines.named(name);
		assertThat(line.small().doubleValue()).as(name)
			.isCloseTo(quantity.applyAsDouble(Environment.staging()), within(1e-9));
		assertThat(line.normal().doubleValue()).as(name)
			.isCloseTo(quantity.applyAsDouble(Environment.production()), within(1e-9));
	}

}
