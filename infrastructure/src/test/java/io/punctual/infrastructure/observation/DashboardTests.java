package io.punctual.infrastructure.observation;

import java.util.HashSet;
import java.util.Set;

import io.punctual.infrastructure.support.NeedsNode;
import io.punctual.infrastructure.support.Synthesised;
import io.punctual.infrastructure.support.Template.Resource;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The one page that is read from the top.
 */
@NeedsNode
class DashboardTests {

	private final Resource dashboard = Synthesised.production().stack("Observation").only("AWS::CloudWatch::Dashboard");

	private final String body = this.dashboard.at("DashboardBody").toString();

	@Test
	void asksFirstWhetherPromisesAreKept() {
		int promises = this.body.indexOf("Are we keeping our promises?");
		assertThat(promises).isPositive().isLessThan(this.body.indexOf("punctual.promises.kept.count"));
		assertThat(this.body.indexOf("Kept in the last 30 days")).isLessThan(this.body.indexOf("What rings"))
			.isGreaterThan(promises);
		assertThat(this.body.indexOf("Where is the work?")).isGreaterThan(promises)
			.isLessThan(this.body.indexOf("What runs full?"));
	}

	@Test
	void answersForThirtyDaysWhateverStretchOfTimeIsShown() {
		JsonNode kept = widget("Kept in the last 30 days, %");
		assertThat(kept.at("/properties/view").asString("")).isEqualTo("singleValue");
		assertThat(kept.at("/properties/start").asString("")).isEqualTo("-P30D");
		assertThat(kept.at("/properties/setPeriodToTimeRange").asBoolean()).isTrue();
		// The answer comes before anything that has to be read as a curve.
		assertThat(WatchedMetric.widgets(this.dashboard).get(1)).isEqualTo(kept);
	}

	@Test
	void saysWhatTheCanarySeesFromOutside() {
		assertThat(widget("Publication to first attempt, and to the canary outside: longest, ms").toString())
			.contains("punctual.webhook.first_attempt.max", "Punctual/Canary", "arrivedMs");
	}

	@Test
	void endsWithThePipeline() {
		assertThat(widget("Pipeline: how long releases took, s; which failed").toString()).contains("AWS/CodePipeline",
				"PipelineDuration", "FailedPipelineExecutions", "\"PipelineName\",\"punctual\"");
	}

	private JsonNode widget(String title) {
		return WatchedMetric.widgets(this.dashboard)
			.stream()
			.filter((widget) -> widget.at("/properties/title").asString("").equals(title))
			.findFirst()
			.orElseThrow(() -> new AssertionError("no widget " + title));
	}

	@Test
	void goesOnToWorkServicesDatabaseAndEdge() {
		assertThat(this.body).contains("AWS/ECS", "AWS/RDS", "AWS/ApiGateway", "AWS/ApplicationELB", "AWS/Route53",
				"Punctual/Drill", "punctual.release.working.value", "punctual.deliveries.oldest_due.value",
				"punctual.events.reader.age.value", "punctual.clocks.evidence_pending.value");
	}

	@Test
	void showsTheAlarmsThatAreHeard() {
		assertThat(this.body).contains("PromisesBurnFast", "DeliveriesLate").doesNotContain("ServicesSaturatedPool");
	}

	@Test
	void showsAlarmsOfOtherStacksByNamesThatTheyHave() {
		Set<String> names = new HashSet<>();
		Synthesised.production()
			.stacks()
			.values()
			.forEach((stack) -> stack.all("AWS::CloudWatch::Alarm")
				.forEach((alarm) -> names.add(alarm.text("AlarmName"))));
		assertThat(PromisesDashboard.MADE_LATER).allSatisfy((name) -> {
			assertThat(names).contains("punctual-" + name);
			assertThat(this.body).contains("alarm:punctual-" + name);
		});
	}

}
