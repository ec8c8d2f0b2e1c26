package io.punctual.infrastructure.domain;

import java.util.List;

import io.punctual.infrastructure.common.Ordered;
import io.punctual.infrastructure.settings.Environment;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.route53.IPublicHostedZone;
import software.amazon.awscdk.services.route53.TxtRecord;
import software.amazon.awscdk.services.ses.ConfigurationSet;
import software.amazon.awscdk.services.ses.ConfigurationSetEventDestinationOptions;
import software.amazon.awscdk.services.ses.ConfigurationSetTlsPolicy;
import software.amazon.awscdk.services.ses.EmailIdentity;
import software.amazon.awscdk.services.ses.EmailSendingEvent;
import software.amazon.awscdk.services.ses.EventDestination;
import software.amazon.awscdk.services.ses.Identity;
import software.amazon.awscdk.services.ses.SuppressionReasons;
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

	/**
	 * What became of mails, by the name of its topic and queue.
	 */
	public static final String EVENTS = "punctual-mail-events";

	/**
	 * Of these, what {@code delivery} could not apply ten times.
	 */
	public static final String REFUSED = "punctual-mail-events-refused";

	/**
	 * The configuration set, by which SES knows where to tell it.
	 */
	public static final String CONFIGURATION = "punctual";

	private final Queue events;

	private final Key key;

	private final EmailIdentity identity;

	private final ConfigurationSet configuration;

	Mail(Construct scope, Environment environment, IPublicHostedZone zone) {
		super(scope, "Mail");
		this.key = Key.Builder.create(this, "Key")
			.description("What became of mails, on its way to delivery")
			.enableKeyRotation(true)
			.build();
		// Whoever publishes into an encrypted topic needs its key; SNS gives it the
		// topic's
		// name as the context. That SNS may write into the queue is added by the CDK.
		this.key.addToResourcePolicy(PolicyStatement.Builder.create()
			.principals(List.of(ServicePrincipal.Builder.create("ses.amazonaws.com").build()))
			.actions(List.of("kms:Decrypt", "kms:GenerateDataKey"))
			.resources(List.of("*"))
			.conditions(Ordered.map("StringEquals",
					Ordered.map("kms:EncryptionContext:aws:sns:topicArn",
							"arn:aws:sns:%s:%s:%s".formatted(environment.region(), environment.account(), EVENTS))))
			.build());
		Topic topic = Topic.Builder.create(this, "Topic")
			.topicName(EVENTS)
			.masterKey(this.key)
			.enforceSsl(true)
			.build();
		Queue refused = Queue.Builder.create(this, "Refused")
			.queueName(REFUSED)
			.encryption(QueueEncryption.KMS)
			.encryptionMasterKey(this.key)
			.enforceSsl(true)
			.retentionPeriod(Duration.days(14))
			.build();
		this.events = Queue.Builder.create(this, "Events")
			.queueName(EVENTS)
			.encryption(QueueEncryption.KMS)
			.encryptionMasterKey(this.key)
			.enforceSsl(true)
			.visibilityTimeout(Duration.seconds(60))
			.retentionPeriod(Duration.days(14))
			.deadLetterQueue(DeadLetterQueue.builder().queue(refused).maxReceiveCount(10).build())
			.build();
		topic.addSubscription(SqsSubscription.Builder.create(this.events).rawMessageDelivery(true).build());
		this.configuration = ConfigurationSet.Builder.create(this, "Configuration")
			.configurationSetName(CONFIGURATION)
			.tlsPolicy(ConfigurationSetTlsPolicy.REQUIRE)
			.reputationMetrics(true)
			// Whatever the account's list is set to.
			.suppressionReasons(SuppressionReasons.BOUNCES_AND_COMPLAINTS)
			.build();
		this.configuration.addEventDestination("Events", ConfigurationSetEventDestinationOptions.builder()
			.destination(EventDestination.snsTopic(topic))
			.events(List.of(EmailSendingEvent.DELIVERY, EmailSendingEvent.BOUNCE, EmailSendingEvent.COMPLAINT,
					EmailSendingEvent.REJECT, EmailSendingEvent.DELIVERY_DELAY, EmailSendingEvent.RENDERING_FAILURE))
			.build());
		this.identity = EmailIdentity.Builder.create(this, "Identity")
			.identity(Identity.publicHostedZone(zone))
			.configurationSet(this.configuration)
			.mailFromDomain("bounce." + environment.domain())
			.build();
		// Large receivers take mail only of domains that say what to do with forgeries.
		TxtRecord.Builder.create(this, "Policy")
			.zone(zone)
			.recordName("_dmarc." + environment.domain())
			.values(List.of("v=DMARC1; p=quarantine; adkim=s"))
			.build();
	}

	/**
	 * What became of mails: deliveries, bounces, complaints.
	 */
	public Queue events() {
		return this.events;
	}

	/**
	 * What encrypts them.
	 */
	public Key key() {
		return this.key;
	}

	/**
	 * Whom mails are from, and nobody else.
	 */
	public static String sender(Environment environment) {
		return "updates@" + environment.domain();
	}

	/**
	 * The queue's address, which its name, region and account make.
	 */
	public static String eventsUrl(Environment environment) {
		return "https://sqs.%s.amazonaws.com/%s/%s".formatted(environment.region(), environment.account(), EVENTS);
	}

	public EmailIdentity identity() {
		return this.identity;
	}

	public ConfigurationSet configuration() {
		return this.configuration;
	}

}
