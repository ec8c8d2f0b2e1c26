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
import io.punctual.shared.contract.ContactRemoved;
import io.punctual.shared.contract.ContactUpserted;
import io.punctual.shared.contract.NoticeFilter;
import io.punctual.shared.events.EventSubscriber;
import io.punctual.shared.secret.SecretBox;
import io.punctual.shared.transaction.Transactions;
import io.punctual.testing.Api;
import io.punctual.testing.PunctualTest;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Mail goes by SES, and what SES says of it afterwards counts.
 */
@PunctualTest(properties = { "punctual.targets.allow-loopback=true",
		"punctual.secrets.key-file=target/test-secrets.key", "punctual.aws.region=eu-west-1",
		"punctual.ses.configuration-set=punctual", "punctual.ses.events-queue=" + SesStandIn.QUEUE })
class SesTests {

	static {
		World.writeKeyFile();
	}

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final Channels ACCEPTED = new Channels(List.of(Channel.MAIL), Rule.ANY);

	private static final Channels DELIVERED = new Channels(List.of(Channel.MAIL), Rule.ANY, MailEvidence.DELIVERED);

	private static final SesStandIn ses = new SesStandIn();

	@Autowired
	private Api api;

	@Autowired
	private SecretBox box;

	private World world;

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

	@AfterAll
	static void close() {
		ses.close();
	}

	@Test
	void aMailCarriesWhatItsEventsAreMatchedBy() {
		String client = this.world.client();
		String contact = this.world.contact(client, "ada@bank.example");
		String obligation = this.world.owe(client, ACCEPTED);
		await(obligation, contact, "DELIVERED");
		Mail mail = only("ada@bank.example");
		String delivery = this.world.deliveryOf(obligation);
		assertThat(mail.configurationSet()).isEqualTo("punctual");
		assertThat(mail.from()).isEqualTo("updates@punctual.example");
		assertThat(mail.tags()).containsEntry("delivery", delivery).hasSize(2);
		assertThat(mail.raw()).contains("To: ada@bank.example", "Auto-Submitted: auto-generated", "A text");
		assertThat(this.world.isSatisfied(obligation)).isTrue();
		attempts(delivery).jsonPath("$.items[0].attemptId")
			.isEqualTo(mail.tag("attempt"))
			.jsonPath("$.items[0].messageId")
			.isEqualTo(mail.messageId())
			.jsonPath("$.items[0].status")
			.isEqualTo(200)
			.jsonPath("$.items[0].mailEvents")
			.doesNotExist();
	}

	@Test
	void theReceivingServersAnswerIsWhatAnAgreementMayAskForAndIsKeptWithTheContact() {
		String client = this.world.client();
		String contact = this.world.contact(client, "grace@bank.example");
		String obligation = this.world.owe(client, DELIVERED);
		Mail mail = awaitMail("grace@bank.example");
		applied(ses.put(SesEventBodies.delay(mail)));
		assertThat(this.world.stateOf(obligation, contact)).isEqualTo("PENDING");
		assertThat(this.world.isSatisfied(obligation)).isFalse();
		ses.put(SesEventBodies.delivery(mail));
		await(obligation, contact, "DELIVERED");
		assertThat(this.world.isSatisfied(obligation)).isTrue();
		String delivery = this.world.deliveryOf(obligation);
		attempts(delivery).jsonPath("$.items[0].mailEvents[0].kind")
			.isEqualTo("DELAYED")
			.jsonPath("$.items[0].mailEvents[1].kind")
			.isEqualTo("DELIVERED")
			.jsonPath("$.items[0].mailEvents[1].status")
			.isEqualTo("250")
			.jsonPath("$.items[0].mailEvents[1].answer")
			.isEqualTo("250 2.6.0 Message received for <grace@bank.example>");
		assertThat(this.world.count("SELECT COUNT(*) FROM mail_event WHERE answer LIKE '%grace%'")).isZero();
		this.world.tell("clients", ContactRemoved.TYPE, new ContactRemoved(contact, client));
		attempts(delivery).jsonPath("$.items[0].mailEvents[1].status")
			.isEqualTo("250")
			.jsonPath("$.items[0].mailEvents[1].answer")
			.doesNotExist();
	}

	@Test
	void aBounceForGoodOpensADeliveryAgainAndTheNextRungIsMailed() {
		String client = this.world.client();
		String first = this.world.contact(client, "gone@bank.example", 1, NoticeFilter.ALL);
		String second = this.world.contact(client, "next@bank.example", 2, NoticeFilter.ALL);
		String obligation = this.world.owe(client, ACCEPTED);
		await(obligation, first, "DELIVERED");
		ses.put(SesEventBodies.bounce(only("gone@bank.example"), "Permanent", "General", "5.1.1"));
		await(obligation, first, "EXHAUSTED");
		await(obligation, second, "DELIVERED");
		this.api.provider()
			.get()
			.uri("/v1/deliveries/" + delivery(obligation, first))
			.exchange()
			.expectBody()
			.jsonPath("$.reason")
			.isEqualTo("the mail bounced: General 5.1.1")
			.jsonPath("$.attempts")
			.isEqualTo(1);
		assertThat(this.world.count(
				"SELECT COUNT(*) FROM event_log WHERE type = 'deliveries.failing' AND data LIKE ? AND data LIKE ?",
				"%" + delivery(obligation, first) + "%", "%RECIPIENT%"))
			.isEqualTo(1);
		String next = this.world.owe(client, ACCEPTED);
		await(next, second, "DELIVERED");
		assertThat(this.world.stateOf(next, first)).as("no more mail to an address that bounces").isNull();
		assertThat(ses.mailsTo("gone@bank.example")).hasSize(1);
	}

	@Test
	void aBounceForGoodEndsADeliveryWhoseEvidenceWasAwaitedAndNoPromiseWasKept() {
		String client = this.world.client();
		String contact = this.world.contact(client, "never@bank.example");
		String obligation = this.world.owe(client, DELIVERED);
		Mail mail = awaitMail("never@bank.example");
		String bounce = ses.put(SesEventBodies.bounce(mail, "Permanent", "Suppressed", "5.1.1"));
		await(obligation, contact, "EXHAUSTED");
		applied(bounce);
		applied(ses.put(SesEventBodies.delivery(mail)));
		assertThat(this.world.stateOf(obligation, contact)).as("what came late").isEqualTo("EXHAUSTED");
		assertThat(this.world.isSatisfied(obligation)).isFalse();
		assertThat(this.world.count("SELECT COUNT(*) FROM mail_event WHERE delivery_id = ?",
				delivery(obligation, contact)))
			.isEqualTo(2);
	}

	@Test
	void anotherAddressOfTheContactIsMailedAgain() {
		String client = this.world.client();
		String contact = this.world.contact(client, "old@bank.example");
		String obligation = this.world.owe(client, ACCEPTED);
		await(obligation, contact, "DELIVERED");
		applied(ses.put(SesEventBodies.bounce(only("old@bank.example"), "Permanent", "NoEmail", "5.1.1")));
		address(client, contact, "new@bank.example");
		String next = this.world.owe(client, ACCEPTED);
		await(next, contact, "DELIVERED");
		assertThat(ses.mailsTo("new@bank.example")).hasSize(1);
		applied(ses.put(SesEventBodies.complaint(only("old@bank.example"))));
		String last = this.world.owe(client, ACCEPTED);
		await(last, contact, "DELIVERED");
		assertThat(ses.mailsTo("new@bank.example")).as("what was said of the old address").hasSize(2);
	}

	@Test
	void whatIsSaidTwiceCountsOnce() {
		String client = this.world.client();
		String contact = this.world.contact(client, "twice@bank.example");
		String obligation = this.world.owe(client, DELIVERED);
		String body = SesEventBodies.delivery(awaitMail("twice@bank.example"));
		String one = ses.put(body);
		String other = ses.put(body);
		applied(one);
		applied(other);
		await(obligation, contact, "DELIVERED");
		assertThat(this.world.count("SELECT COUNT(*) FROM mail_event WHERE delivery_id = ?",
				this.world.deliveryOf(obligation)))
			.isEqualTo(1);
		assertThat(this.world.count("SELECT COUNT(*) FROM event_log WHERE type = 'deliveries.settled' AND data LIKE ?",
				"%" + obligation + "%"))
			.isEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "Transient", "Undetermined" })
	void aBounceForNowIsSentAgain(String type) {
		String address = type.toLowerCase(java.util.Locale.ROOT) + "@bank.example";
		String client = this.world.client();
		String contact = this.world.contact(client, address);
		String obligation = this.world.owe(client, DELIVERED);
		applied(ses.put(SesEventBodies.bounce(awaitMail(address), type, "MailboxFull", "4.2.2")));
		Awaitility.await().atMost(PATIENCE).until(() -> ses.mailsTo(address).size() == 2);
		ses.put(SesEventBodies.delivery(ses.mailsTo(address).get(1)));
		await(obligation, contact, "DELIVERED");
		assertThat(this.world.isSatisfied(obligation)).isTrue();
		attempts(this.world.deliveryOf(obligation)).jsonPath("$.items[0].mailEvents[0].kind")
			.isEqualTo("BOUNCED_FOR_NOW")
			.jsonPath("$.items[1].mailEvents[0].kind")
			.isEqualTo("DELIVERED")
			.jsonPath("$.items.length()")
			.isEqualTo(2);
	}

	@Test
	void whoeverComplainsIsMailedNoMoreAndWhatArrivedHasArrived() {
		String client = this.world.client();
		String contact = this.world.contact(client, "angry@bank.example");
		String obligation = this.world.owe(client, ACCEPTED);
		await(obligation, contact, "DELIVERED");
		applied(ses.put(SesEventBodies.complaint(only("angry@bank.example"))));
		assertThat(this.world.stateOf(obligation, contact)).isEqualTo("DELIVERED");
		String next = this.world.owe(client, ACCEPTED);
		assertThat(this.world.stateOf(next, contact)).isNull();
		attempts(this.world.deliveryOf(obligation)).jsonPath("$.items[0].mailEvents[0].kind")
			.isEqualTo("COMPLAINED")
			.jsonPath("$.items[0].mailEvents[0].status")
			.isEqualTo("abuse");
	}

	@Test
	void whatSesDoesNotSendAfterAllIsOurs() {
		String client = this.world.client();
		String contact = this.world.contact(client, "virus@bank.example");
		String obligation = this.world.owe(client, DELIVERED);
		ses.put(SesEventBodies.reject(awaitMail("virus@bank.example")));
		await(obligation, contact, "EXHAUSTED");
		assertThat(this.world.count("SELECT COUNT(*) FROM delivery WHERE obligation_id = ? AND last_side = 'PROVIDER'",
				obligation))
			.isEqualTo(1);
		String next = this.world.owe(client, DELIVERED);
		Awaitility.await().atMost(PATIENCE).until(() -> ses.mailsTo("virus@bank.example").size() == 2);
		ses.put(SesEventBodies.renderingFailure(ses.mailsTo("virus@bank.example").get(1)));
		await(next, contact, "EXHAUSTED");
	}

	@Test
	void whatCannotBeUnderstoodStaysInTheQueueAndHoldsNothingUp() {
		String poison = ses.put("{\"eventType\":\"Bounce\",\"mail\":{}}");
		String trial = ses.put(SesEventBodies.trial());
		String foreign = ses.put("{\"eventType\":\"Delivery\",\"delivery\":{},\"mail\":{\"timestamp\":\"\"}}");
		String client = this.world.client();
		String contact = this.world.contact(client, "after@bank.example");
		String obligation = this.world.owe(client, DELIVERED);
		ses.put(SesEventBodies.delivery(awaitMail("after@bank.example")));
		await(obligation, contact, "DELIVERED");
		applied(trial);
		applied(foreign);
		Awaitility.await().atMost(PATIENCE).until(() -> ses.timesReceived(poison) >= 3);
		assertThat(ses.holds(poison)).isTrue();
		ses.remove(poison);
	}

	@Test
	void whatIsSaidBeforeTheAttemptIsWrittenIsHeardLater() {
		String client = this.world.client();
		String contact = this.world.contact(client, "early@bank.example");
		String obligation = this.world.owe(client, DELIVERED);
		Mail mail = awaitMail("early@bank.example");
		Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> this.world.count("SELECT COUNT(*) FROM attempt WHERE attempt_id = ?",
					mail.tag("attempt")) == 1);
		this.world.sql("UPDATE attempt SET attempt_id = CONCAT('x', SUBSTR(attempt_id, 2)) WHERE attempt_id = ?",
				mail.tag("attempt"));
		String message = ses.put(SesEventBodies.delivery(mail));
		Awaitility.await().atMost(PATIENCE).until(() -> ses.timesReceived(message) >= 2);
		assertThat(this.world.stateOf(obligation, contact)).isEqualTo("PENDING");
		this.world.sql("UPDATE attempt SET attempt_id = ? WHERE attempt_id = CONCAT('x', SUBSTR(?, 2))",
				mail.tag("attempt"), mail.tag("attempt"));
		await(obligation, contact, "DELIVERED");
		applied(message);
	}

	@ParameterizedTest
	@ValueSource(strings = { "TooManyRequestsException", "MessageRejected", "AccountSuspendedException" })
	void whatSesRefusesIsTheProvidersAndIsTriedAgain(String error) {
		String client = this.world.client();
		String address = error.toLowerCase(java.util.Locale.ROOT) + "@bank.example";
		String contact = this.world.contact(client, address);
		ses.refusing(error);
		String obligation = this.world.owe(client, ACCEPTED);
		Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> this.world.count("""
					SELECT COUNT(*) FROM attempt a JOIN delivery d ON d.delivery_id = a.delivery_id
					WHERE d.obligation_id = ? AND a.side = 'PROVIDER' AND a.error = ?""", obligation,
					"the mail service answered " + error) == 1);
		ses.refusing("");
		await(obligation, contact, "DELIVERED");
		assertThat(ses.mailsTo(address)).hasSize(1);
	}

	private void address(String client, String contact, String address) {
		byte[] key = contact.substring(0, 16).repeat(2).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
		this.world.tell("clients", ContactUpserted.TYPE,
				new ContactUpserted(contact, client, 1, NoticeFilter.ALL, this.box
					.seal(JsonMapper.shared().writeValueAsBytes(new ContactUpserted.Mailbox(address, key)), contact)));
	}

	private org.springframework.test.web.servlet.client.RestTestClient.BodyContentSpec attempts(String delivery) {
		return this.api.provider().get().uri("/v1/deliveries/" + delivery + "/attempts").exchange().expectBody();
	}

	private String delivery(String obligation, String contact) {
		return this.world.text("SELECT delivery_id FROM delivery WHERE obligation_id = ? AND endpoint_id = ?",
				obligation, contact);
	}

	private void await(String obligation, String contact, String state) {
		Awaitility.await().atMost(PATIENCE).until(() -> state.equals(this.world.stateOf(obligation, contact)));
	}

	/** A mail whose attempt is written. */
	private Mail awaitMail(String address) {
		Awaitility.await().atMost(PATIENCE).until(() -> !ses.mailsTo(address).isEmpty());
		return only(address);
	}

	private static Mail only(String address) {
		assertThat(ses.mailsTo(address)).hasSize(1);
		return ses.mailsTo(address).getFirst();
	}

	private static void applied(String messageId) {
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
