package io.punctual.infrastructure.domain;

import io.punctual.infrastructure.support.NeedsNode;
import io.punctual.infrastructure.support.Synthesised;
import io.punctual.infrastructure.support.Template;
import org.junit.jupiter.api.Test;

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
		assertThat(this.domain.only("AWS::SES::ConfigurationSetEventDestination")
			.at("EventDestination/MatchingEventTypes")
			.toString()).contains("delivery", "bounce", "complaint", "reject", "deliveryDelay", "renderingFailure");
		assertThat(this.domain.only("AWS::SNS::Subscription").text("Protocol")).isEqualTo("sqs");
		assertThat(this.domain.named("AWS::SQS::Queue", "MailEvents").at("RedrivePolicy/maxReceiveCount").asInt())
			.isEqualTo(10);
		assertThat(this.domain.only("AWS::SES::ConfigurationSet").text("DeliveryOptions/TlsPolicy"))
			.isEqualTo("REQUIRE");
	}

	@Test
	void nothingIsSentToWhomeverBouncedOrComplainedAndForgeriesAreToldFromOurs() {
		assertThat(this.domain.only("AWS::SES::ConfigurationSet").at("SuppressionOptions/SuppressedReasons").toString())
			.contains("BOUNCE", "COMPLAINT");
		assertThat(this.domain.all("AWS::Route53::RecordSet"))
			.filteredOn((record) -> record.text("Name").equals("_dmarc.punctual.example."))
			.singleElement()
			.satisfies((record) -> assertThat(record.at("ResourceRecords").toString()).contains("v=DMARC1"));
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
			.anySatisfy((statement) -> assertThat(statement.at("/Principal/Service").asString(""))
				.isEqualTo("sns.amazonaws.com"));
	}

}
