package io.punctual.infrastructure.release;

import java.util.HashMap;
import java.util.Map;

import io.punctual.infrastructure.settings.Service;
import io.punctual.infrastructure.support.MetricMath;
import io.punctual.infrastructure.support.NeedsNode;
import io.punctual.infrastructure.support.Synthesised;
import io.punctual.infrastructure.support.Template;
import io.punctual.infrastructure.support.Template.Resource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ReleaseAlarm}: it is asked as CloudWatch asks it.
 */
@NeedsNode
class ReleaseAlarmTests {

	private final Template stack = Synthesised.production().stack("Deployment");

	private Resource alarm(Service service) {
		return this.stack.only("AWS::CloudWatch::Alarm",
				(alarm) -> alarm.text("AlarmName").equals("punctual-" + service.id() + "-release"));
	}

	/** The points of a minute, by the names of metrics; an empty colour has none. */
	private boolean rings(Map<String, Double> minute) {
		Resource alarm = alarm(Service.SLA);
		Map<String, @Nullable Double> points = new HashMap<>();
		String expression = "";
		for (JsonNode metric : alarm.at("Metrics")) {
			String id = metric.path("Id").asString();
			if (metric.has("Expression")) {
				expression = metric.path("Expression").asString();
			}
			else {
				points.put(id, minute.get(id));
			}
		}
		assertThat(points.keySet()).containsAll(minute.keySet());
		Double value = MetricMath.evaluate(expression, points);
		return value != null && value >= alarm.at("Threshold").asDouble();
	}

	@ParameterizedTest
	@CsvSource({ "11, 219, true", "11, 220, false", "10, 20, false", "400, 10000, false", "600, 10000, true" })
	void ringsAtManyErrorsThatAreMoreThanATwentiethOfAllRequests(double errors, double requests, boolean rings) {
		assertThat(rings(Map.of("blueErrors", errors, "blueAll", requests))).isEqualTo(rings);
		assertThat(rings(Map.of("greenErrors", errors, "greenAll", requests))).isEqualTo(rings);
	}

	@Test
	void countsBothColoursTogether() {
		assertThat(rings(Map.of("blueErrors", 6.0, "blueAll", 60.0, "greenErrors", 6.0, "greenAll", 60.0))).isTrue();
		assertThat(rings(Map.of("blueErrors", 0.0, "blueAll", 900.0, "greenErrors", 12.0, "greenAll", 12.0)))
			.as("a tenth of the traffic that fails entirely is not a twentieth of all only if it is little")
			.isFalse();
		assertThat(rings(Map.of("blueErrors", 0.0, "blueAll", 180.0, "greenErrors", 12.0, "greenAll", 20.0))).isTrue();
	}

	@Test
	void ringsWhenTheHookCrashedWhateverIsAsked() {
		assertThat(rings(Map.of("crashed", 1.0))).isTrue();
		assertThat(rings(Map.of("crashed", 1.0, "greenAll", 5000.0))).isTrue();
	}

	@Test
	void isQuietWhileNothingIsAsked() {
		assertThat(rings(Map.of())).isFalse();
	}

	@ParameterizedTest
	@EnumSource
	void looksAtTheServicesOwnColours(Service service) {
		for (JsonNode metric : alarm(service).at("Metrics")) {
			String id = metric.path("Id").asString();
			JsonNode stat = metric.at("/MetricStat/Metric");
			if (id.startsWith("blue") || id.startsWith("green")) {
				String colour = id.startsWith("blue") ? "Blue" : "Green";
				assertThat(stat.path("Dimensions").toString())
					.contains("Traffic:ExportsOutputFnGetAtt" + service.title() + colour);
				assertThat(stat.path("MetricName").asString())
					.isEqualTo(id.endsWith("Errors") ? "HTTPCode_Target_5XX_Count" : "RequestCount");
				assertThat(metric.at("/MetricStat/Stat").asString()).isEqualTo("Sum");
				assertThat(metric.at("/MetricStat/Period").asInt()).isEqualTo(60);
			}
		}
	}

}
