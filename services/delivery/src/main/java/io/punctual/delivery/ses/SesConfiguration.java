package io.punctual.delivery.ses;

import java.time.Duration;
import java.util.Objects;

import io.punctual.aws.AwsClients;
import io.punctual.delivery.DeliveryProperties;
import io.punctual.delivery.dispatch.MailReports;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sqs.SqsClient;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/**
 * Sets up SES; without a configuration set nothing of the SDK is loaded.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("punctual.ses.configuration-set")
class SesConfiguration {

	/** Goes before a mail server. An attempt is one call: the retry law repeats it. */
	@Bean
	@Primary
	SesCarrier sesCarrier(AwsClients aws, SesProperties properties, DeliveryProperties delivery) {
		return new SesCarrier(aws.buildOnce(SesV2Client.builder(), delivery.timeout()),
				Objects.requireNonNull(properties.configurationSet()));
	}

	@Bean
	@ConditionalOnProperty("punctual.ses.events-queue")
	MailEventReader mailEventReader(AwsClients aws, SesProperties properties, MailReports reports, JsonMapper json) {
		Duration longest = MailEventReader.WAIT.plusSeconds(5);
		return new MailEventReader(aws.buildOnce(SqsClient.builder(), longest),
				Objects.requireNonNull(properties.eventsQueue()), new SesEvents(json), reports);
	}

}
