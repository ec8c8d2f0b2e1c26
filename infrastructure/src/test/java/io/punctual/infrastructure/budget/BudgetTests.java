package io.punctual.infrastructure.budget;

import java.util.List;

import io.punctual.infrastructure.settings.Environment;
import io.punctual.infrastructure.settings.Place;
import io.punctual.infrastructure.support.NeedsNode;
import io.punctual.infrastructure.support.Synthesised;
import io.punctual.infrastructure.support.Template;
import io.punctual.infrastructure.support.Template.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Money is told of before it is gone.
 */
@NeedsNode
class BudgetTests {

	private final Template stack = Synthesised.production().stack("Budget");

	@Test
	void tellsOfTheMonthBeforeItIsSpent() {
		Resource budget = this.stack.only("AWS::Budgets::Budget");
		assertThat(budget.at("NotificationsWithSubscribers"))
			.extracting((one) -> one.at("/Notification/NotificationType").asString("")
					+ one.at("/Notification/ComparisonOperator").asString("")
					+ one.at("/Notification/Threshold").asInt() + one.at("/Notification/ThresholdType").asString(""))
			.containsExactly("ACTUALGREATER_THAN50PERCENTAGE", "ACTUALGREATER_THAN80PERCENTAGE",
					"ACTUALGREATER_THAN100PERCENTAGE", "FORECASTEDGREATER_THAN100PERCENTAGE");
		assertThat(budget.at("NotificationsWithSubscribers")).allSatisfy((one) -> assertThat(one.path("Subscribers"))
			.singleElement()
			.satisfies((subscriber) -> assertThat(subscriber.toString()).contains("SNS", "Observation:", "Tickets")));
		assertThat(budget.text("Budget/TimeUnit")).isEqualTo("MONTHLY");
		assertThat(budget.text("Budget/BudgetType")).isEqualTo("COST");
		assertThat(budget.at("Budget/BudgetLimit/Amount").asInt())
			.isEqualTo(BudgetStack.monthly(Environment.production()));
		assertThat(budget.text("Budget/BudgetLimit/Unit")).isEqualTo("USD");
	}

	@Test
	void tellsOfAServiceWhoseCostIsUnlikeItself() {
		assertThat(this.stack.only("AWS::CE::AnomalyMonitor").text("MonitorDimension")).isEqualTo("SERVICE");
		Resource subscription = this.stack.only("AWS::CE::AnomalySubscription");
		assertThat(subscription.at("MonitorArnList").toString())
			.contains(this.stack.only("AWS::CE::AnomalyMonitor").id());
		assertThat(subscription.text("ThresholdExpression")).as("twenty dollars")
			.contains("\"ANOMALY_TOTAL_IMPACT_ABSOLUTE\"", "[\"GREATER_THAN_OR_EQUAL\"]", "[\"20\"]");
		assertThat(subscription.text("Frequency")).as("SNS is told at once only").isEqualTo("IMMEDIATE");
		assertThat(subscription.at("Subscribers").toString()).contains("SNS", "Observation:", "Tickets");
	}

	/**
	 * An account has one monitor of all services, and may have been given it by AWS.
	 */
	@Test
	void takesTheMonitorThatAnAccountHas() {
		String monitor = "arn:aws:ce::111111111111:anomalymonitor/0f0f0f0f-0000-0000-0000-000000000000";
		Environment here = Environment.staging();
		Place elsewhere = new Place(here.account(), here.logAccount(), here.domain(), here.hostedZone(),
				here.operators(), here.source(), monitor);
		Template taken = Synthesised.of(Environment.staging().at(elsewhere)).stack("Budget");
		assertThat(taken.all("AWS::CE::AnomalyMonitor")).isEmpty();
		assertThat(taken.only("AWS::CE::AnomalySubscription").text("MonitorArnList/0")).isEqualTo(monitor);
	}

	@ParameterizedTest
	@ValueSource(strings = { "budgets.amazonaws.com", "costalerts.amazonaws.com" })
	void maySpeakThroughTheTopicAndByItsKey(String speaker) {
		Template topics = Synthesised.production().stack("Observation");
		Resource tickets = topics.only("AWS::SNS::Topic",
				(topic) -> topic.text("TopicName").equals("punctual-tickets"));
		Resource key = topics.only("AWS::KMS::Key");
		assertThat(tickets.at("KmsMasterKeyId").toString()).contains(key.id());
		Resource policy = topics.only("AWS::SNS::TopicPolicy", (candidate) -> candidate.mentions(tickets.id()));
		allows(policy, "PolicyDocument", speaker, List.of("sns:Publish"));
		allows(key, "KeyPolicy", speaker, List.of("kms:Decrypt", "kms:GenerateDataKey*"));
	}

	private static void allows(Resource policy, String document, String speaker, List<String> actions) {
		assertThat(policy.at(document + "/Statement")).anySatisfy((statement) -> {
			assertThat(statement.path("Effect").asString()).isEqualTo("Allow");
			assertThat(statement.at("/Principal/Service").toString()).contains("\"" + speaker + "\"");
			assertThat(statement.at("/Condition/StringEquals/aws:SourceAccount").asString())
				.isEqualTo(Environment.production().account());
			actions.forEach((action) -> assertThat(statement.path("Action").toString()).contains("\"" + action + "\""));
		});
	}

}
