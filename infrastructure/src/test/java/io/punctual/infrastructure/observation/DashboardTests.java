package io.punctual.infrastructure.observation;

import io.punctual.infrastructure.support.NeedsNode;
import io.punctual.infrastructure.support.Synthesised;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The one page that is read from the top.
 */
@NeedsNode
class DashboardTests {

	private final String body = Synthesised.production()
		.stack("Observation")
		.only("AWS::CloudWatch::Dashboard")
		.at("DashboardBody")
		.toString();

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
	void goesOnToWorkServicesDatabaseAndEdge() {
		assertThat(this.body).contains("AWS/ECS", "AWS/RDS", "AWS/ApiGateway", "AWS/ApplicationELB", "AWS/Route53",
				"Punctual/Drill", "punctual.release.working.value", "punctual.deliveries.oldest_due.value",
				"punctual.events.reader.age.value", "punctual.clocks.evidence_pending.value");
	}

	@Test
	void showsTheAlarmsThatAreHeard() {
		assertThat(this.body).contains("PromisesBurnFast", "DeliveriesLate").doesNotContain("ServicesSaturatedPool");
	}

}
