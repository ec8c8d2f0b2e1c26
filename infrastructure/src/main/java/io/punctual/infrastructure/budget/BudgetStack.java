package io.punctual.infrastructure.budget;

import java.util.List;
import java.util.stream.Stream;

import io.punctual.infrastructure.alarm.AlarmTopics;
import io.punctual.infrastructure.alarm.Urgency;
import io.punctual.infrastructure.common.Named;
import io.punctual.infrastructure.settings.Environment;
import software.amazon.awscdk.services.budgets.CfnBudget;
import software.amazon.awscdk.services.ce.CfnAnomalyMonitor;
import software.amazon.awscdk.services.ce.CfnAnomalySubscription;
import software.constructs.Construct;

/**
 * Says when the month will cost more than the cost page says, and when a service's cost
 * is not what it was. Both ring by themselves, under the runbook {@code spend}.
 */
public final class BudgetStack extends Named {

	/**
	 * How unlike itself a service's cost must be before it is told, in dollars.
	 */
	private static final int ANOMALY = 20;

	public BudgetStack(Construct scope, Environment environment, AlarmTopics topics) {
		super(scope, "Budget", "what a month may cost", environment);
		String topic = topics.of(Urgency.TICKET).getTopicArn();
		CfnBudget.Builder.create(this, "Month")
			.budget(CfnBudget.BudgetDataProperty.builder()
				.budgetName("punctual-month")
				.budgetType("COST")
				.timeUnit("MONTHLY")
				.budgetLimit(CfnBudget.SpendProperty.builder().amount(monthly(environment)).unit("USD").build())
				.build())
			.notificationsWithSubscribers(Stream
				.of(notification("ACTUAL", 50, topic), notification("ACTUAL", 80, topic),
						notification("ACTUAL", 100, topic), notification("FORECASTED", 100, topic))
				.toList())
			.build();
		CfnAnomalySubscription.Builder.create(this, "AnomaliesTold")
			.subscriptionName("punctual-anomalies")
			.frequency("IMMEDIATE")
			.monitorArnList(List.of(monitor(environment)))
			.subscribers(
					List.of(CfnAnomalySubscription.SubscriberProperty.builder().type("SNS").address(topic).build()))
			.thresholdExpression(
					"{\"Dimensions\":{\"Key\":\"ANOMALY_TOTAL_IMPACT_ABSOLUTE\",\"MatchOptions\":[\"GREATER_THAN_OR_EQUAL\"],\"Values\":[\"%d\"]}}"
						.formatted(ANOMALY))
			.build();
	}

	/**
	 * AWS makes one itself for whoever turns the Cost Explorer on, and a second one is
	 * refused.
	 */
	private String monitor(Environment environment) {
		if (!environment.anomalyMonitor().isEmpty()) {
			return environment.anomalyMonitor();
		}
		return CfnAnomalyMonitor.Builder.create(this, "Anomalies")
			.monitorName("punctual-services")
			.monitorType("DIMENSIONAL")
			.monitorDimension("SERVICE")
			.build()
			.getAttrMonitorArn();
	}

	/**
	 * What a month may cost in dollars: a fifth more than the cost page adds up, whose
	 * test compares the two.
	 */
	public static int monthly(Environment environment) {
		return environment.isProduction() ? 1650 : 595;
	}

	private static CfnBudget.NotificationWithSubscribersProperty notification(String type, int percent, String topic) {
		return CfnBudget.NotificationWithSubscribersProperty.builder()
			.notification(CfnBudget.NotificationProperty.builder()
				.notificationType(type)
				.comparisonOperator("GREATER_THAN")
				.threshold(percent)
				.thresholdType("PERCENTAGE")
				.build())
			.subscribers(List.of(CfnBudget.SubscriberProperty.builder().subscriptionType("SNS").address(topic).build()))
			.build();
	}

}
