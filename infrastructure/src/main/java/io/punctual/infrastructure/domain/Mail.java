package io.punctual.infrastructure.domain;

import java.util.List;

import io.punctual.infrastructure.common.Ordered;
import io.punctual.infrastructure.settings.Environment;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.route53.IPublicHostedZone;
import software.amazon.awscdk.services.ses.ConfigurationSet;
import software.amazon.awscdk.services.ses.ConfigurationSetEventDestinationOptions;
import software.amazon.awscdk.services.ses.ConfigurationSetTlsPolicy;
import software.amazon.awscdk.services.ses.EmailIdentity;
import software.amazon.awscdk.services.ses.EmailSendingEvent;
import software.amazon.awscdk.services.ses.EventDestination;
import software.amazon.awscdk.services.ses.Identity;
import software.amazon.awscdk.services.sns.Topic;
import software.amazon.awscdk.services.sns.subscriptions.SqsSubscription;
import software.amazon.awscdk.services.sqs.DeadLetterQueue;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.sqs.QueueEncryption;
import software.constructs.Construct;

/**
 * Mail by SES. A 250 says that a mail server took it over; what became of it then are
 * events, which wait in a queue for {@code delivery}.
 */
public final class Mail extends Construct {

	private final Queue events;

	private final EmailIdentity identity;

	private final ConfigurationSet configuration;

	Mail(Construct scope, Environment environment, IPublicHostedZone zone) {
		super(scope, "Mail");
		Key key = Key.Builder.create(this, "Key")
			.description("What became of mails, on its way to delivery")
			.enableKeyRotation(true)
			.build();
		for (String service : List.of("ses.amazonaws.com", "sns.amazonaws.com")) {
			key.addToResourcePolicy(PolicyStatement.Builder.create()
				.principals(List.of(ServicePrincipal.Builder.create(service).build()))
				.actions(List.of("kms:Decrypt", "kms:GenerateDataKey"))
				.resources(List.of("*"))
				.conditions(Ordered.map("StringEquals", Ordered.map("aws:SourceAccount", environment.account())))
				.build());
		}
		Topic topic = Topic.Builder.create(this, "Topic").masterKey(key).enforceSsl(true).build();
		Queue refused = Queue.Builder.create(this, "Refused")
			.encryption(QueueEncryption.KMS)
			.encryptionMasterKey(key)
			.enforceSsl(true)
			.retentionPeriod(Duration.days(14))
			.build();
		this.events = Queue.Builder.create(this, "Events")
			.queueName("punctual-mail-events")
			.encryption(QueueEncryption.KMS)
			.encryptionMasterKey(key)
			.enforceSsl(true)
			.visibilityTimeout(Duration.seconds(60))
			.retentionPeriod(Duration.days(14))
			.deadLetterQueue(DeadLetterQueue.builder().queue(refused).maxReceiveCount(10).build())
			.build();
		topic.addSubscription(SqsSubscription.Builder.create(this.events).rawMessageDelivery(true).build());
		this.configuration = ConfigurationSet.Builder.create(this, "Configuration")
			.configurationSetName("punctual")
			.tlsPolicy(ConfigurationSetTlsPolicy.REQUIRE)
			.reputationMetrics(true)
			.build();
		this.configuration.addEventDestination("Events",
				ConfigurationSetEventDestinationOptions.builder()
					.destination(EventDestination.snsTopic(topic))
					.events(List.of(EmailSendingEvent.DELIVERY, EmailSendingEvent.BOUNCE, EmailSendingEvent.COMPLAINT,
							EmailSendingEvent.REJECT, EmailSendingEvent.DELIVERY_DELAY))
					.build());
		this.identity = EmailIdentity.Builder.create(this, "Identity")
			.identity(Identity.publicHostedZone(zone))
			.configurationSet(this.configuration)
			.mailFromDomain("bounce." + environment.domain())
			.build();
	}

	/**
	 * What became of mails: deliveries, bounces, complaints.
	 */
	public Queue events() {
		return this.events;
	}

	public EmailIdentity identity() {
		return this.identity;
	}

	public ConfigurationSet configuration() {
		return this.configuration;
	}

}
