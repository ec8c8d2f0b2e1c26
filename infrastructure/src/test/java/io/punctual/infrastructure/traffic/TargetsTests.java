package io.punctual.infrastructure.traffic;

import java.util.List;

import io.punctual.infrastructure.settings.Environment;
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
 * What CodeDeploy finds when it deploys for the first time: targets, listeners, services.
 */
@NeedsNode
class TargetsTests {

	private final Template traffic = Synthesised.production().stack("Traffic");

	@ParameterizedTest
	@EnumSource
	void ofAServiceAreBlueAndGreenByTheNamesThatItsGroupKnows(Service service) {
		for (String colour : List.of("Blue", "Green")) {
			Resource group = this.traffic.named("AWS::ElasticLoadBalancingV2::TargetGroup", service.title() + colour);
			assertThat(group.text("Name")).isEqualTo(service.id() + "-" + colour.toLowerCase(java.util.Locale.ROOT));
			assertThat(group.text("TargetType")).as("each task has an address of its own").isEqualTo("ip");
			assertThat(group.text("Protocol")).isEqualTo("HTTP");
			assertThat(group.at("Port").asInt()).isEqualTo(8080);
			assertThat(group.at("VpcId").toString()).contains("Network:ExportsOutputRefVpc");
		}
	}

	/**
	 * Two answers of five seconds, with a second left before the next question.
	 */
	@Test
	void areWellAfterTwoAnswersThatSaySoAndUnwellAfterTwoThatDoNot() {
		assertThat(this.traffic.all("AWS::ElasticLoadBalancingV2::TargetGroup")).hasSize(8).allSatisfy((group) -> {
			assertThat(group.at("HealthyThresholdCount").asInt()).isEqualTo(2);
			assertThat(group.at("UnhealthyThresholdCount").asInt()).isEqualTo(2);
			assertThat(group.at("HealthCheckIntervalSeconds").asInt()).isEqualTo(5);
			assertThat(group.at("HealthCheckTimeoutSeconds").asInt()).isEqualTo(4);
			assertThat(group.text("Matcher/HttpCode")).isEqualTo("200");
		});
	}

	@Test
	void areReachedThroughTheOneLoadBalancerAndTheNamesCertificate() {
		assertThat(this.traffic.all("AWS::ElasticLoadBalancingV2::Listener")).hasSize(8).allSatisfy((listener) -> {
			assertThat(listener.at("LoadBalancerArn").toString()).contains("Compute:", "LoadBalancer");
			assertThat(listener.at("Certificates").toString()).contains("Domain:", "InternalCertificate");
			assertThat(listener.text("DefaultActions/0/Type")).isEqualTo("forward");
			assertThat(listener.text("SslPolicy")).isEqualTo("ELBSecurityPolicy-TLS13-1-2-2021-06");
		});
	}

	/**
	 * Before any other rule; the load balancer knows no other type of JSON.
	 */
	@Test
	void innerApiIsRefusedFirstByAProblem() {
		assertThat(this.traffic.all("AWS::ElasticLoadBalancingV2::ListenerRule")).hasSize(4).allSatisfy((rule) -> {
			assertThat(rule.at("Priority").asInt()).isEqualTo(1);
			assertThat(rule.at("Conditions")).extracting((condition) -> condition.path("Field").asString())
				.containsExactly("path-pattern", "source-ip");
			assertThat(rule.at("Conditions/0/PathPatternConfig/Values")).extracting(JsonNode::asString)
				.containsExactly("/internal", "/internal/*");
			assertThat(rule.text("Actions/0/Type")).isEqualTo("fixed-response");
			assertThat(rule.text("Actions/0/FixedResponseConfig/ContentType")).isEqualTo("application/json");
			assertThat(rule.text("Actions/0/FixedResponseConfig/MessageBody"))
				.contains("https://punctual.example/problems/not-found", "\"status\":404");
		});
	}

	@ParameterizedTest
	@EnumSource
	void serviceRunsOnFargateInEachZoneWithAsManyTasksAsTheFleetSays(Service service) {
		Resource running = this.traffic.only("AWS::ECS::Service",
				(each) -> each.text("ServiceName").equals(service.id()));
		assertThat(running.text("Cluster"))
			.isEqualTo(Synthesised.production().stack("Compute").only("AWS::ECS::Cluster").text("ClusterName"));
		assertThat(running.text("LaunchType")).isEqualTo("FARGATE");
		assertThat(running.text("PlatformVersion")).as("as appspec.yaml says").isEqualTo("1.4.0");
		assertThat(running.at("DesiredCount").asInt()).isEqualTo(Environment.production().fleet().of(service).fewest());
		assertThat(running.text("TaskDefinition/Ref"))
			.isEqualTo(this.traffic.named("AWS::ECS::TaskDefinition", service.title() + "FirstTask").id());
		assertThat(running.at("NetworkConfiguration/AwsvpcConfiguration/Subnets")).hasSize(3);
		// It must not be ended while it still starts.
		assertThat(running.at("HealthCheckGracePeriodSeconds").asInt()).isEqualTo(90);
		// As the listeners must be there before CodeDeploy's service is made.
		assertThat(running.json().path("DependsOn").toString()).contains(service.title() + "Production",
				service.title() + "Test");
	}

}
