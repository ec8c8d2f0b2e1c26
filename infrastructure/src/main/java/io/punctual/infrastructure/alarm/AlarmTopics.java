package io.punctual.infrastructure.alarm;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import io.punctual.infrastructure.settings.Environment;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.iam.Effect;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.sns.Topic;
import software.amazon.awscdk.services.sns.subscriptions.EmailSubscription;
import software.constructs.Construct;

/**
 * Where alarms go: one topic for what wakes somebody, one for what waits until the
 * morning, both encrypted under one key.
 */
public final class AlarmTopics extends Construct {

	/**
	 * Who may speak through the topics, and only of this account. EventBridge is not
	 * among them: it tells no account, so a condition would silence it; a rule's target
	 * lets it in.
	 *
	 * @see <a href=
	 * "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html">"You
	 * can't use Condition blocks in Amazon SNS topic policies for EventBridge"</a>
	 */
	private static final List<String> SPEAKERS = List.of("cloudwatch", "events.rds", "budgets", "costalerts");

	private final Environment environment;

	private final Key key;

	private final Map<Urgency, Topic> topics = new EnumMap<>(Urgency.class);

	public AlarmTopics(Construct scope, String id, Environment environment) {
		super(scope, id);
		this.environment = environment;
		this.key = Key.Builder.create(this, "Key")
			.alias("punctual-alarms")
			.description("Encrypts what alarms say")
			.enableKeyRotation(true)
			.removalPolicy(RemovalPolicy.RETAIN)
			.build();
		this.key.addToResourcePolicy(speakers(environment).actions(List.of("kms:Decrypt", "kms:GenerateDataKey*"))
			// Of a key's own policy: this key.
			.resources(List.of("*"))
			.build());
	}

	private Topic topic(String id, String name) {
		Topic topic = Topic.Builder.create(this, id).topicName(name).masterKey(this.key).enforceSsl(true).build();
		// A policy takes the place of the default one, which let the account's alarms in.
		topic.addToResourcePolicy(speakers(this.environment).actions(List.of("sns:Publish"))
			.resources(List.of(topic.getTopicArn()))
			.build());
		topic.addSubscription(new EmailSubscription(this.environment.operators()));
		return topic;
	}

	private static PolicyStatement.Builder speakers(Environment environment) {
		return PolicyStatement.Builder.create()
			.effect(Effect.ALLOW)
			.principals(SPEAKERS.stream().map((speaker) -> new ServicePrincipal(speaker + ".amazonaws.com")).toList())
			.conditions(Map.of("StringEquals", Map.of("aws:SourceAccount", environment.account())));
	}

	/**
	 * The topic for what is that urgent; there is none that nobody asks for.
	 */
	public Topic of(Urgency urgency) {
		return switch (urgency) {
			case PAGE -> this.topics.computeIfAbsent(urgency, (none) -> topic("Pages", "punctual-pages"));
			case TICKET -> this.topics.computeIfAbsent(urgency, (none) -> topic("Tickets", "punctual-tickets"));
			case NONE -> throw new IllegalArgumentException("a part of a composite alarm goes nowhere by itself");
		};
	}

}
