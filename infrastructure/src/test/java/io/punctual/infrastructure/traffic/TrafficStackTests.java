package io.punctual.infrastructure.traffic;

import java.util.Set;
import java.util.stream.Collectors;

import io.punctual.infrastructure.settings.Repository;
import io.punctual.infrastructure.settings.Service;
import io.punctual.infrastructure.support.NeedsNode;
import io.punctual.infrastructure.support.Synthesised;
import io.punctual.infrastructure.support.Template;
import io.punctual.infrastructure.support.Template.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TrafficStack}.
 */
@NeedsNode
class TrafficStackTests {

	private final Template traffic = Synthesised.production().stack("Traffic");

	@ParameterizedTest
	@EnumSource(Service.class)
	void givesAServiceAPairOfListenersOverTls(Service service) {
		for (int port : new int[] { service.productionPort(), service.testPort() }) {
			Resource listener = this.traffic.only("AWS::ElasticLoadBalancingV2::Listener",
					(each) -> each.at("Port").asInt() == port);
			assertThat(listener.text("Protocol")).isEqualTo("HTTPS");
			assertThat(listener.text("SslPolicy")).contains("TLS13-1-2");
			assertThat(listener.at("DefaultActions/0/TargetGroupArn").toString()).contains(service.title() + "Blue");
		}
	}

	@Test
	void judgesATargetWithinTenSeconds() {
		assertThat(this.traffic.all("AWS::ElasticLoadBalancingV2::TargetGroup")).hasSize(8).allSatisfy((group) -> {
			assertThat(group.at("HealthCheckIntervalSeconds").asInt() * group.at("HealthyThresholdCount").asInt())
				.isLessThanOrEqualTo(10);
			assertThat(group.text("HealthCheckPath")).isEqualTo("/actuator/health/readiness");
			assertThat(group.at("TargetGroupAttributes").toString())
				.contains("\"deregistration_delay.timeout_seconds\",\"Value\":\"30\"");
		});
	}

	@ParameterizedTest
	@EnumSource(Service.class)
	void runsAServiceForCodeDeployWithoutAPublicAddress(Service service) {
		Resource running = this.traffic.only("AWS::ECS::Service",
				(each) -> each.text("ServiceName").equals(service.id()));
		assertThat(running.text("DeploymentController/Type")).isEqualTo("CODE_DEPLOY");
		assertThat(running.text("NetworkConfiguration/AwsvpcConfiguration/AssignPublicIp")).isEqualTo("DISABLED");
		assertThat(running.at("EnableExecuteCommand").asBoolean(true)).isFalse();
		assertThat(running.text("LoadBalancers/0/ContainerName")).isEqualTo("service");
	}

	@Test
	void hidesTheInnerApiFromApiGateway() {
		Set<String> link = Synthesised.production()
			.stack("Network")
			.all("AWS::EC2::Subnet")
			.stream()
			.filter((subnet) -> subnet.id().startsWith("Vpclink"))
			.map((subnet) -> subnet.text("CidrBlock"))
			.collect(Collectors.toSet());
		assertThat(link).hasSize(3);
		assertThat(this.traffic.all("AWS::ElasticLoadBalancingV2::ListenerRule")).hasSize(4).allSatisfy((rule) -> {
			assertThat(rule.at("Conditions").toString()).contains("/internal/*");
			assertThat(rule.at("Conditions/1/SourceIpConfig/Values")).extracting(JsonNode::asString)
				.containsExactlyInAnyOrderElementsOf(link);
			assertThat(rule.text("Actions/0/FixedResponseConfig/StatusCode")).isEqualTo("404");
			assertThat(rule.at("ListenerArn").toString()).contains("Production");
		});
	}

	@Test
	void startsWithTheImagesThatWereJustBuilt() {
		assertThat(this.traffic.json().get("Parameters").properties()).extracting(java.util.Map.Entry::getKey)
			.contains("Release", "ClientsImage", "NoticesImage", "DeliveryImage", "SlaImage");
		assertThat(this.traffic.all("AWS::ECS::TaskDefinition"))
			.allSatisfy((task) -> assertThat(task.text("ContainerDefinitions/0/Image")).isEmpty());
	}

	@Test
	void isCoveredByTheStackPolicyInWhatCodeDeployMoves() {
		JsonNode policy = JsonMapper.builder()
			.build()
			.readTree(Repository.file("release/traffic-stack-policy.json").toFile());
		Set<String> types = this.traffic.resources().stream().map(Resource::type).collect(Collectors.toSet());
		JsonNode denied = policy.at("/Statement/1");
		assertThat(denied.get("Effect").asString()).isEqualTo("Deny");
		assertThat(denied.get("Action").asString()).isEqualTo("Update:*");
		Set<String> covered = new java.util.HashSet<>();
		denied.at("/Condition/StringEquals/ResourceType").forEach((type) -> covered.add(type.asString()));
		covered.add("AWS::ECS::TaskDefinition");
		assertThat(covered).containsAll(types);
	}

	/**
	 * Revisions of the pipeline come from taskdef.json; the first ones from here.
	 */
	@Test
	void startsTheFirstTasksAsHardenedAsAllLaterOnes() {
		assertThat(this.traffic.all("AWS::ECS::TaskDefinition")).hasSize(4).allSatisfy((task) -> {
			JsonNode container = task.at("ContainerDefinitions/0");
			assertThat(container.path("ReadonlyRootFilesystem").asBoolean(false)).isTrue();
			assertThat(container.path("HealthCheck").path("Command").isEmpty()).isFalse();
			assertThat(container.path("StopTimeout").asInt()).isGreaterThanOrEqualTo(30);
			assertThat(container.path("LogConfiguration").path("LogDriver").asString("")).isEqualTo("awslogs");
			assertThat(container.path("LinuxParameters").toString()).contains("\"ALL\"");
			assertThat(container.path("Secrets").isEmpty()).isFalse();
			assertThat(task.text("NetworkMode")).isEqualTo("awsvpc");
			assertThat(task.at("RequiresCompatibilities").toString()).isEqualTo("[\"FARGATE\"]");
			assertThat(task.text("RuntimePlatform/CpuArchitecture")).isEqualTo("ARM64");
		});
	}

	@ParameterizedTest
	@EnumSource(Service.class)
	void givesAServiceItsOwnGroupAndTargets(Service service) {
		Resource running = this.traffic.only("AWS::ECS::Service",
				(each) -> each.text("ServiceName").equals(service.id()));
		assertThat(running.at("NetworkConfiguration/AwsvpcConfiguration/SecurityGroups")).singleElement()
			.satisfies((group) -> assertThat(group.toString()).contains("Groups" + service.title()));
		assertThat(running.at("LoadBalancers/0/TargetGroupArn").toString()).contains(service.title() + "Blue");
		assertThat(running.at("LoadBalancers/0/ContainerPort").asInt()).isEqualTo(8080);
		assertThat(this.traffic.all("AWS::ElasticLoadBalancingV2::Listener")).allSatisfy(
				(listener) -> assertThat(listener.at("Certificates/0/CertificateArn").isMissingNode()).isFalse());
	}

}
