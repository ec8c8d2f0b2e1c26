package io.punctual.delivery.ses;

import java.time.Duration;
import java.util.List;

import io.punctual.delivery.DeliveryClock;
import io.punctual.delivery.World;
import io.punctual.delivery.ses.SesStandIn.Mail;
import io.punctual.shared.contract.AgreementTerms.Channel;
import io.punctual.shared.contract.AgreementTerms.Channels;
import io.punctual.shared.contract.AgreementTerms.MailEvidence;
import io.punctual.shared.contract.AgreementTerms.Rule;
import io.punctual.shared.events.EventSubscriber;
import io.punctual.shared.secret.SecretBox;
import io.punctual.shared.transaction.Transactions;
import io.punctual.testing.Api;
import io.punctual.testing.PunctualTest;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What tests of SES share: a stand-in that takes mails and says what became of them.
 */
@PunctualTest(properties = { "punctual.targets.allow-loopback=true",
		"punctual.secrets.key-file=target/test-secrets.key", "punctual.aws.region=eu-west-1",
		"punctual.ses.configuration-set=punctual", "punctual.ses.events-queue=" + SesStandIn.QUEUE })
@Import(SesTest.Credentials.class)
abstract class SesTest {

	static {
		World.writeKeyFile();
	}

	protected static final Duration PATIENCE = Duration.ofSeconds(60);

	/** What SES has taken counts. */
	protected static final Channels ACCEPTED = new Channels(List.of(Channel.MAIL), Rule.ANY);

	/** What the receiving server has taken counts. */
	protected static final Channels DELIVERED = new Channels(List.of(Channel.MAIL), Rule.ANY, MailEvidence.DELIVERED);

	protected static final SesStandIn ses = new SesStandIn();

	@Autowired
	protected Api api;

	@Autowired
	protected SecretBox box;

	protected World world;

	@DynamicPropertySource
	static void aws(DynamicPropertyRegistry registry) {
		registry.add("punctual.aws.endpoint", ses::url);
	}

	@BeforeEach
	void meet(@Autowired List<EventSubscriber> subscribers, @Autowired Transactions transactions,
			@Autowired JsonMapper json, @Autowired JdbcClient jdbc, @Autowired DeliveryClock clock) {
		this.world = new World(subscribers, transactions, this.box, json, jdbc, clock);
	}

	@AfterEach
	void takeAgain() {
		ses.refusing("");
	}

	protected RestTestClient.BodyContentSpec attempts(String delivery) {
		return this.api.provider().get().uri("/v1/deliveries/" + delivery + "/attempts").exchange().expectBody();
	}

	protected String delivery(String obligation, String contact) {
		return this.world.text("SELECT delivery_id FROM delivery WHERE obligation_id = ? AND endpoint_id = ?",
				obligation, contact);
	}

	protected void await(String obligation, String contact, String state) {
		Awaitility.await().atMost(PATIENCE).until(() -> state.equals(this.world.stateOf(obligation, contact)));
	}

	/** A mail whose attempt is written. */
	protected Mail awaitMail(String address) {
		Awaitility.await().atMost(PATIENCE).until(() -> !ses.mailsTo(address).isEmpty());
		return only(address);
	}

	protected static Mail only(String address) {
		assertThat(ses.mailsTo(address)).hasSize(1);
		return ses.mailsTo(address).getFirst();
	}

	/** What was said of a mail is heard. */
	protected static void applied(String messageId) {
		Awaitility.await().atMost(PATIENCE).until(() -> !ses.holds(messageId));
	}

	/**
	 * Whose rights are used.
	 */
	@TestConfiguration(proxyBeanMethods = false)
	static class Credentials {

		@Bean
		AwsCredentialsProvider credentials() {
			return StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test"));
		}

	}

}
