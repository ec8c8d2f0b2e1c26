package io.punctual.infrastructure.budget;

import io.punctual.infrastructure.support.NeedsNode;
import io.punctual.infrastructure.support.Synthesised;
import io.punctual.infrastructure.support.Template;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Money is told of before it is gone.
 */
@NeedsNode
class BudgetTests {

	private final Template stack = Synthesised.production().stack("Budget");

	@Test
	void tellsOfTheMonthBeforeItIsSpent() {
		var notifications = this.stack.only("AWS::Budgets::Budget").at("NotificationsWithSubscribers");
		assertThat(notifications).hasSize(4)
			.anySatisfy(
					(one) -> assertThat(one.at("/Notification/NotificationType").asString("")).isEqualTo("FORECASTED"))
			.allSatisfy((one) -> assertThat(one.at("/Subscribers/0/SubscriptionType").asString("")).isEqualTo("SNS"));
		assertThat(this.stack.only("AWS::Budgets::Budget").text("Budget/TimeUnit")).isEqualTo("MONTHLY");
	}

	@Test
	void tellsOfAServiceWhoseCostIsUnlikeItself() {
		assertThat(this.stack.only("AWS::CE::AnomalyMonitor").text("MonitorDimension")).isEqualTo("SERVICE");
		var subscription = this.stack.only("AWS::CE::AnomalySubscription");
		assertThat(subscription.mentions(this.stack.only("AWS::CE::AnomalyMonitor").id())).isTrue();
		assertThat(subscription.text("ThresholdExpression")).contains("ANOMALY_TOTAL_IMPACT_ABSOLUTE");
	}

}
