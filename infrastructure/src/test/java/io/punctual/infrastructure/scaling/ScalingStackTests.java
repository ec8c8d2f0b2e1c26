package io.punctual.infrastructure.scaling;

import io.punctual.infrastructure.support.NeedsNode;
import io.punctual.infrastructure.support.Synthesised;
import io.punctual.infrastructure.support.Template;
import org.junit.jupiter.api.Test;

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

	/**
	 * The number of tasks is a metric of Container Insights; without it nothing is
	 * divided by it.
	 */
	@Test
	void hasTheNumberOfTasksThatItDividesBy() {
		assertThat(Synthesised.production().stack("Compute").only("AWS::ECS::Cluster").at("ClusterSettings").toString())
			.contains("{\"Name\":\"containerInsights\",\"Value\":\"enabled\"}");
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
