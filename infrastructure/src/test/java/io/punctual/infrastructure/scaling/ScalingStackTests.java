package io.punctual.infrastructure.scaling;

import java.util.List;

import io.punctual.infrastructure.settings.Environment;
import io.punctual.infrastructure.settings.Fleet;
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
 * Tests for {@link ScalingStack}.
 */
@NeedsNode
class ScalingStackTests {

	private final Template scaling = Synthesised.production().stack("Scaling");

	@Test
	void keepsTwoTasksOfEachServiceInProduction() {
		assertThat(this.scaling.all("AWS::ApplicationAutoScaling::ScalableTarget")).hasSize(4)
			.allSatisfy((target) -> assertThat(target.at("MinCapacity").asInt()).isGreaterThanOrEqualTo(2));
	}

	@ParameterizedTest
	@EnumSource(Service.class)
	void staysWithinWhatTheFleetAllowsAndFollowsBothOfItsMeasures(Service service) {
		Fleet.Tasks tasks = Environment.production().fleet().of(service);
		Resource target = this.scaling.only("AWS::ApplicationAutoScaling::ScalableTarget",
				(each) -> each.text("ResourceId").equals("service/punctual/" + service.id()));
		assertThat(target.at("MinCapacity").asInt()).isEqualTo(tasks.fewest());
		assertThat(target.at("MaxCapacity").asInt()).isEqualTo(tasks.most());
		String tracking = "TargetTrackingScalingPolicyConfiguration/";
		List<Resource> policies = this.scaling.all("AWS::ApplicationAutoScaling::ScalingPolicy")
			.stream()
			.filter((policy) -> policy.mentions(target.id()))
			.toList();
		assertThat(policies).hasSize(2).allSatisfy((policy) -> {
			// Out soon, in slowly.
			assertThat(policy.at(tracking + "ScaleOutCooldown").asInt()).isEqualTo(60);
			assertThat(policy.at(tracking + "ScaleInCooldown").asInt()).isEqualTo(300);
		});
		assertThat(policies.getFirst().at(tracking + "TargetValue").asInt()).isEqualTo(50);
		JsonNode metrics = policies.getLast().at(tracking + "CustomizedMetricSpecification/Metrics");
		assertThat(metrics).filteredOn((metric) -> metric.path("ReturnData").asBoolean(true))
			.singleElement()
			.satisfies((metric) -> assertThat(metric.path("Expression").asString(""))
				.isEqualTo("(FILL(blue, 0) + FILL(green, 0)) / tasks"));
	}

	/**
	 * The number of tasks is a metric of Container Insights; without it nothing is
	 * divided by it.
	 */
	@Test
	void hasTheNumberOfTasksThatItDividesBy() {
		assertThat(Synthesised.production().stack("Compute").only("AWS::ECS::Cluster").at("ClusterSettings").toString())
			.contains("{\"Name\":\"containerInsights\",\"Value\":\"enabled\"}");
	}

	/**
	 * What both colours get at the load balancer, by the tasks of the service itself.
	 */
	@ParameterizedTest
	@EnumSource(Service.class)
	void measuresTheServicesOwnRequestsAndTasks(Service service) {
		String tracking = "TargetTrackingScalingPolicyConfiguration/";
		Resource policy = this.scaling.only("AWS::ApplicationAutoScaling::ScalingPolicy",
				(one) -> one.text("PolicyName").equals(service.id() + "-requests"));
		assertThat(policy.text("PolicyType")).isEqualTo("TargetTrackingScaling");
		assertThat(policy.at(tracking + "TargetValue").asInt()).as("a minute and task").isEqualTo(3000);
		JsonNode metrics = policy.at(tracking + "CustomizedMetricSpecification/Metrics");
		for (int i = 0; i < 2; i++) {
			JsonNode stat = metrics.path(i).path("MetricStat");
			assertThat(stat.path("Stat").asString()).isEqualTo("Sum");
			assertThat(stat.at("/Metric/Namespace").asString()).isEqualTo("AWS/ApplicationELB");
			assertThat(stat.at("/Metric/MetricName").asString()).isEqualTo("RequestCount");
			assertThat(stat.at("/Metric/Dimensions")).extracting((one) -> one.path("Name").asString())
				.containsExactly("TargetGroup", "LoadBalancer");
			assertThat(stat.at("/Metric/Dimensions/0/Value").toString())
				.contains(service.title() + ((i == 0) ? "Blue" : "Green"));
		}
		JsonNode tasks = metrics.path(2).path("MetricStat");
		assertThat(tasks.path("Stat").asString()).isEqualTo("Average");
		assertThat(tasks.at("/Metric").toString()).contains("\"ECS/ContainerInsights\"", "\"RunningTaskCount\"",
				"{\"Name\":\"ClusterName\",\"Value\":\"punctual\"}",
				"{\"Name\":\"ServiceName\",\"Value\":\"" + service.id() + "\"}");
		Resource cpu = this.scaling.only("AWS::ApplicationAutoScaling::ScalingPolicy",
				(one) -> one.text("PolicyName").equals(service.id() + "-cpu"));
		assertThat(cpu.text("PolicyType")).isEqualTo("TargetTrackingScaling");
		assertThat(cpu.text(tracking + "PredefinedMetricSpecification/PredefinedMetricType"))
			.isEqualTo("ECSServiceAverageCPUUtilization");
	}

	@Test
	void changesHowManyTasksOfAServiceThereAreToBe() {
		assertThat(this.scaling.all("AWS::ApplicationAutoScaling::ScalableTarget")).allSatisfy((target) -> {
			assertThat(target.text("ServiceNamespace")).isEqualTo("ecs");
			assertThat(target.text("ScalableDimension")).isEqualTo("ecs:service:DesiredCount");
		});
	}

	@Test
	void followsCpuAndTheRequestsThatBothColoursGet() {
		assertThat(this.scaling.all("AWS::ApplicationAutoScaling::ScalingPolicy"))
			.filteredOn((policy) -> policy.json().toString().contains("ECSServiceAverageCPUUtilization"))
			.hasSize(4);
		assertThat(this.scaling.all("AWS::ApplicationAutoScaling::ScalingPolicy"))
			.filteredOn((policy) -> policy.json().toString().contains("RequestCount"))
			.hasSize(4)
			.allSatisfy((policy) -> assertThat(policy.json().toString()).contains("Blue", "Green", "RunningTaskCount")
				.doesNotContain("ALBRequestCountPerTarget"));
	}

}
