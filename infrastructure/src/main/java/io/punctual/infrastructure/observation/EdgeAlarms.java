package io.punctual.infrastructure.observation;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.punctual.infrastructure.alarm.Alarms;
import io.punctual.infrastructure.alarm.Alarms.When;
import io.punctual.infrastructure.alarm.AlarmTopics;
import io.punctual.infrastructure.alarm.Urgency;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.MathExpression;
import software.amazon.awscdk.services.events.EventPattern;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.RuleTargetInput;
import software.amazon.awscdk.services.events.targets.SnsTopic;
import software.amazon.awscdk.services.events.targets.SnsTopicProps;
import software.amazon.awscdk.services.rds.CfnEventSubscription;
import software.amazon.awscdk.services.sns.Topic;
import software.constructs.Construct;

/**
 * Alarms on what callers see, and on what AWS tells by itself: a failed release, a
 * database that fails over.
 */
final class EdgeAlarms {

	private final Construct scope;

	private final AwsMetrics aws;

	private final Alarms alarms;

	EdgeAlarms(Construct scope, AwsMetrics aws, Alarms alarms) {
		this.scope = scope;
		this.aws = aws;
		this.alarms = alarms;
	}

	void alarm(AlarmTopics topics) {
		Alarm callers = this.alarms.ring("api-errors", Urgency.PAGE,
				"Of a hundred requests more than two fail with 5xx",
				MathExpression.Builder.create()
					.expression("IF(errors>=5,100*errors/requests,0)")
					.usingMetrics(new TreeMap<>(Map.of("errors", this.aws.api("5XXError", "Sum"), "requests",
							this.aws.api("Count", "Sum"))))
					.period(Duration.minutes(1))
					.label("5xx, %")
					.build(),
				When.above(2, 3).of(5));
		inside(callers);
		database("DatabaseEvents", "punctual-database", topics.of(Urgency.PAGE), "failover", "failure", "recovery",
				"restoration");
		// Told whenever a tenth is left, which is when it grows by itself.
		database("DatabaseGrows", "punctual-database-grows", topics.of(Urgency.TICKET), "low storage");
		Rule.Builder.create(this.scope, "ReleaseFailed")
			.ruleName("punctual-release-failed")
			.description(Alarms.description("The pipeline has failed", "release-failed"))
			.eventPattern(EventPattern.builder()
				.source(List.of("aws.codepipeline"))
				.detailType(List.of("CodePipeline Pipeline Execution State Change"))
				.detail(new TreeMap<>(
						Map.of("pipeline", List.of(this.aws.watched().pipeline()), "state", List.of("FAILED"))))
				.build())
			.targets(List.of(new SnsTopic(topics.of(Urgency.TICKET), SnsTopicProps.builder()
				.message(RuleTargetInput.fromText(Alarms.description("The pipeline has failed", "release-failed")))
				.build())))
			.build();
	}

	private void database(String id, String name, Topic topic, String... categories) {
		CfnEventSubscription.Builder.create(this.scope, id)
			.subscriptionName(name)
			.snsTopicArn(topic.getTopicArn())
			.sourceType("db-instance")
			.sourceIds(List.of(this.aws.watched().database()))
			.eventCategories(List.of(categories))
			.enabled(true)
			.build();
	}

	/**
	 * Services call each other through the load balancer too, and callers of the API see
	 * nothing of it until a log is behind.
	 */
	private void inside(Alarm callers) {
		String name = "balancer-errors";
		this.alarms.anyUnless(name, Urgency.TICKET,
				"Calls inside fail with 5xx, while callers of the API do not see it", callers,
				this.alarms.part(name + "-own", name, "The load balancer reaches no task, or not in time",
						this.aws.balancer("HTTPCode_ELB_5XX_Count"), When.above(5, 3).of(5)),
				this.alarms.part(name + "-targets", name, "Tasks answer with 5xx",
						this.aws.balancer("HTTPCode_Target_5XX_Count"), When.above(10, 3).of(5)));
	}

}
