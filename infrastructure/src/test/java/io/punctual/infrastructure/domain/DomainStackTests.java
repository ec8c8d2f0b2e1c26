package io.punctual.infrastructure.domain;

import io.punctual.infrastructure.support.NeedsNode;
import io.punctual.infrastructure.support.Synthesised;
import io.punctual.infrastructure.support.Template;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DomainStack}.
 */
@NeedsNode
class DomainStackTests {

	private final Template domain = Synthesised.production().stack("Domain");

	@Test
	void keepsTheZoneThatIsDelegated() {
		assertThat(this.domain.only("AWS::Route53::HostedZone").json().path("DeletionPolicy").asString())
			.isEqualTo("RetainExceptOnCreate");
		assertThat(this.domain.json().get("Outputs").toString()).contains("NameServers");
	}

	@Test
	void certifiesTheApiAndTheNamesInside() {
		assertThat(this.domain.all("AWS::CertificateManager::Certificate"))
			.extracting((certificate) -> certificate.text("DomainName"))
			.containsExactlyInAnyOrder("api.punctual.example", "*.svc.punctual.example");
	}

	@Test
	void certificatesAreConfirmedInTheZoneItself() {
		String zone = this.domain.only("AWS::Route53::HostedZone").id();
		assertThat(this.domain.all("AWS::CertificateManager::Certificate")).hasSize(2).allSatisfy((certificate) -> {
			assertThat(certificate.text("ValidationMethod")).isEqualTo("DNS");
			assertThat(certificate.at("DomainValidationOptions/0/HostedZoneId/Ref").asString()).isEqualTo(zone);
		});
	}

	/**
	 * Each mail of the domain goes by the configuration set, whoever forgets to name it;
	 * it is signed, and comes back to the domain itself.
	 */
	@Test
	void mailsAreSignedAndTheirEventsAreHeard() {
		var identity = this.domain.only("AWS::SES::EmailIdentity");
		assertThat(identity.at("ConfigurationSetAttributes/ConfigurationSetName/Ref").asString())
			.isEqualTo(this.domain.only("AWS::SES::ConfigurationSet").id());
		assertThat(identity.text("MailFromAttributes/MailFromDomain")).isEqualTo("bounce.punctual.example");
		assertThat(this.domain.all("AWS::Route53::RecordSet")).extracting((record) -> record.text("Type"))
			.filteredOn("CNAME"::equals)
			.as("DKIM's three keys")
			.hasSize(3);
		assertThat(this.domain.all("AWS::Route53::RecordSet"))
			.filteredOn((record) -> record.text("Name").startsWith("bounce."))
			.extracting((record) -> record.text("Type"))
			.containsExactlyInAnyOrder("MX", "TXT");
		assertThat(this.domain.only("AWS::SNS::Subscription").at("RawMessageDelivery").asBoolean(false))
			.as("the queue holds what SES said, not what SNS says of it")
			.isTrue();
	}

	@Test
	void bringsWhatBecameOfMailsToAQueueThatLosesNone() {
		var destination = this.domain.only("AWS::SES::ConfigurationSetEventDestination");
		assertThat(destination.text("ConfigurationSetName/Ref"))
			.isEqualTo(this.domain.only("AWS::SES::ConfigurationSet").id());
		assertThat(destination.at("EventDestination/Enabled").asBoolean(false)).isTrue();
		assertThat(destination.at("EventDestination/MatchingEventTypes")).extracting(JsonNode::asString)
			.containsExactlyInAnyOrder("delivery", "bounce", "complaint", "reject", "deliveryDelay",
					"renderingFailure");
		String topic = this.domain.only("AWS::SNS::Topic").id();
		assertThat(destination.text("EventDestination/SnsDestination/TopicARN/Ref")).isEqualTo(topic);
		var subscription = this.domain.only("AWS::SNS::Subscription");
		var events = this.domain.named("AWS::SQS::Queue", "MailEvents");
		assertThat(subscription.text("Protocol")).isEqualTo("sqs");
		assertThat(subscription.text("TopicArn/Ref")).isEqualTo(topic);
		assertThat(subscription.text("Endpoint/Fn::GetAtt/0")).isEqualTo(events.id());
		assertThat(events.at("RedrivePolicy/maxReceiveCount").asInt()).isEqualTo(10);
		assertThat(events.text("RedrivePolicy/deadLetterTargetArn/Fn::GetAtt/0"))
			.isEqualTo(this.domain.named("AWS::SQS::Queue", "MailRefused").id());
		assertThat(this.domain.only("AWS::SES::ConfigurationSet").text("DeliveryOptions/TlsPolicy"))
			.isEqualTo("REQUIRE");
	}

	/**
	 * A bounce goes to SES, which alone may send as that name; without both records SES
	 * sends under a name of its own.
	 */
	@Test
	void bouncesComeBackToSes() {
		assertThat(records("bounce.punctual.example.", "MX"))
			.isEqualTo("[\"10 feedback-smtp.eu-west-1.amazonses.com\"]");
		assertThat(records("bounce.punctual.example.", "TXT")).contains("v=spf1 include:amazonses.com ~all");
		assertThat(this.domain.only("AWS::SES::EmailIdentity").text("EmailIdentity")).isEqualTo("punctual.example");
		assertThat(this.domain.only("AWS::SES::ConfigurationSet")
			.at("ReputationOptions/ReputationMetricsEnabled")
			.asBoolean(false)).as("of which two alarms ring").isTrue();
	}

	private String records(String name, String type) {
		return this.domain
			.only("AWS::Route53::RecordSet",
					(record) -> record.text("Name").equals(name) && record.text("Type").equals(type))
			.at("ResourceRecords")
			.toString();
	}

	@Test
	void everyNameIsOneOfTheDomainsZone() {
		var zone = this.domain.only("AWS::Route53::HostedZone");
		assertThat(zone.text("Name")).isEqualTo("punctual.example.");
		assertThat(this.domain.all("AWS::Route53::RecordSet")).hasSize(6)
			.allSatisfy((record) -> assertThat(record.text("HostedZoneId/Ref")).isEqualTo(zone.id()));
	}

	@Test
	void nothingIsSentToWhomeverBouncedOrComplainedAndForgeriesAreToldFromOurs() {
		assertThat(this.domain.only("AWS::SES::ConfigurationSet").at("SuppressionOptions/SuppressedReasons").toString())
			.isEqualTo("[\"BOUNCE\",\"COMPLAINT\"]");
		assertThat(this.domain.all("AWS::Route53::RecordSet"))
			.filteredOn((record) -> record.text("Name").equals("_dmarc.punctual.example."))
			.singleElement()
			.satisfies((record) -> assertThat(record.at("ResourceRecords").toString())
				.isEqualTo("[\"\\\"v=DMARC1; p=quarantine; adkim=s\\\"\"]"));
	}

	@Test
	void sesMayEncryptForThisTopicOnlyAndTheTopicForItsQueue() {
		assertThat(this.domain.only("AWS::SNS::Topic").text("TopicName")).isEqualTo("punctual-mail-events");
		assertThat(this.domain.only("AWS::KMS::Key").at("KeyPolicy/Statement"))
			.filteredOn((statement) -> statement.at("/Principal/Service").asString("").equals("ses.amazonaws.com"))
			.singleElement()
			.satisfies((statement) -> assertThat(
					statement.at("/Condition/StringEquals/kms:EncryptionContext:aws:sns:topicArn").asString(""))
				.isEqualTo("arn:aws:sns:eu-west-1:222222222222:punctual-mail-events"));
		assertThat(this.domain.only("AWS::KMS::Key").at("KeyPolicy/Statement"))
			.filteredOn((statement) -> statement.path("Principal").has("Service"))
			.allSatisfy((statement) -> assertThat(statement.path("Action").toString())
				.isEqualTo("[\"kms:Decrypt\",\"kms:GenerateDataKey\"]"))
			.extracting((statement) -> statement.at("/Principal/Service").asString(""))
			.containsExactlyInAnyOrder("ses.amazonaws.com", "sns.amazonaws.com");
	}

}
