package io.punctual.infrastructure.release;

import java.util.List;
import java.util.stream.StreamSupport;

import io.punctual.infrastructure.support.NeedsNode;
import io.punctual.infrastructure.support.Synthesised;
import io.punctual.infrastructure.support.Template;
import io.punctual.infrastructure.support.Template.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HostAlarms}.
 */
@NeedsNode
class HostAlarmsTests {

	private final Template stack = Synthesised.production().stack("Deployment");

	@ParameterizedTest
	@CsvSource({ "hosts-missing, HealthyHostCount, Pages", "hosts-unhealthy, UnHealthyHostCount, Tickets" })
	void watchesBothColoursOfEachServiceTogether(String name, String metric, String topic) {
		Resource alarm = alarm(name);
		List<JsonNode> metrics = StreamSupport.stream(alarm.at("Metrics").spliterator(), false)
			.filter((each) -> each.has("MetricStat"))
			.toList();
		assertThat(metrics).hasSize(8)
			.allSatisfy((each) -> assertThat(each.at("/MetricStat/Metric/MetricName").asString()).isEqualTo(metric));
		assertThat(
				metrics.stream().map((each) -> each.at("/MetricStat/Metric/Dimensions/1/Value").toString()).distinct())
			.hasSize(8)
			.allSatisfy((group) -> assertThat(group).contains("Traffic:", "TargetGroupFullName"));
		assertThat(alarm.at("Metrics").toString()).contains("FILL(slaBlue,0)+FILL(slaGreen,0)");
		assertThat(alarm.at("AlarmActions").toString()).contains("Observation:", topic);
	}

	@Test
	void aLoadBalancerThatSaysNothingHasNoTasks() {
		assertThat(alarm("hosts-missing").text("TreatMissingData")).isEqualTo("breaching");
		assertThat(alarm("hosts-unhealthy").text("TreatMissingData")).isEqualTo("notBreaching");
	}

	private Resource alarm(String name) {
		return this.stack.only("AWS::CloudWatch::Alarm", (alarm) -> alarm.text("AlarmName").equals("punctual-" + name));
	}

}
