package io.punctual.delivery.mail;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.icegreen.greenmail.util.GreenMailUtil;
import io.punctual.delivery.DeliveryClock;
import io.punctual.delivery.Receiver;
import io.punctual.delivery.World;
import io.punctual.shared.contract.AgreementTerms.Channel;
import io.punctual.shared.contract.AgreementTerms.Channels;
import io.punctual.shared.contract.AgreementTerms.MailEvidence;
import io.punctual.shared.contract.AgreementTerms.Rule;
import io.punctual.shared.contract.ContactRemoved;
import io.punctual.shared.contract.NoticeFilter;
import io.punctual.shared.contract.Severity;
import io.punctual.shared.events.EventSubscriber;
import io.punctual.shared.id.Ids;
import io.punctual.shared.secret.SecretBox;
import io.punctual.shared.transaction.Transactions;
import io.punctual.testing.Api;
import io.punctual.testing.PunctualTest;
import jakarta.mail.internet.MimeMessage;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Updates go to contacts by SMTP, and what comes of it is kept.
 */
@PunctualTest(
		properties = { "punctual.targets.allow-loopback=true", "punctual.secrets.key-file=target/test-secrets.key" })
class MailTests {

	static {
		World.writeKeyFile();
	}

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final Pattern LINK = Pattern.compile("/v1/acknowledgements/[A-Za-z0-9_.-]+");

	private static final Channels MAIL = new Channels(List.of(Channel.MAIL), Rule.ANY);

	private static final MailServer server = new MailServer();

	@Autowired
	private Api api;

	private World world;

	@DynamicPropertySource
	static void mail(DynamicPropertyRegistry registry) {
		server.register(registry);
	}

	@BeforeEach
	void meet(@Autowired List<EventSubscriber> subscribers, @Autowired Transactions transactions,
			@Autowired SecretBox box, @Autowired JsonMapper json, @Autowired JdbcClient jdbc,
			@Autowired DeliveryClock clock) {
		this.world = new World(subscribers, transactions, box, json, jdbc, clock);
	}

	@AfterEach
	void answerAgain() {
		server.answeringRecipients(250);
		server.away(false);
	}

	@AfterAll
	static void close() {
		server.close();
	}

	@Test
	void aRequiredMailIsSentAndKeepsThePromise() throws Exception {
		String client = this.world.client();
		String contact = this.world.contact(client, "ada@bank.example");
		String obligation = this.world.owe(client, MAIL);
		await(obligation, contact, "DELIVERED");
		assertThat(this.world.isSatisfied(obligation)).isTrue();
		MimeMessage mail = only("ada@bank.example");
		String delivery = this.world.deliveryOf(obligation);
		assertThat(mail.getMessageID()).isEqualTo("<" + delivery + "@punctual.example>");
		assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
		assertThat(mail.getHeader("List-Id")).containsExactly("Updates <updates.punctual.example>");
		assertThat(mail.getHeader("X-Correlation-Id")).containsExactly("cor-test");
		assertThat(mail.getSubject()).isEqualTo("[CRITICAL] A title: INVESTIGATING");
		assertThat(GreenMailUtil.getBody(mail)).contains("text/plain", "text/html", "A text", "Promised by");
	}

	@Test
	void theEvidenceNamesTheContactAndForgetsTheAddressWithIt() {
		String client = this.world.client();
		String contact = this.world.contact(client, "grace@bank.example");
		String obligation = this.world.owe(client, MAIL);
		await(obligation, contact, "DELIVERED");
		String attempts = "/v1/deliveries/" + this.world.deliveryOf(obligation) + "/attempts";
		this.api.provider()
			.get()
			.uri(attempts)
			.exchange()
			.expectBody()
			.jsonPath("$.items[0].url")
			.isEqualTo("mailto:" + contact)
			.jsonPath("$.items[0].status")
			.isEqualTo(250)
			.jsonPath("$.items[0].recipient")
			.isEqualTo("grace@bank.example");
		assertThat(this.world.count("""
				SELECT (SELECT COUNT(*) FROM attempt WHERE recipient LIKE '%grace%')
				  + (SELECT COUNT(*) FROM endpoint WHERE mailbox LIKE '%grace%')
				  + (SELECT COUNT(*) FROM event_log WHERE data LIKE '%grace%')""")).isZero();
		this.world.tell("clients", ContactRemoved.TYPE, new ContactRemoved(contact, client));
		this.api.provider()
			.get()
			.uri(attempts)
			.exchange()
			.expectBody()
			.jsonPath("$.items[0].status")
			.isEqualTo(250)
			.jsonPath("$.items[0].recipient")
			.doesNotExist();
	}

	@Test
	void theLinkShowsAPageAndOnlyItsButtonAcknowledges() throws Exception {
		String client = this.world.client();
		String contact = this.world.contact(client, "alan@bank.example");
		String obligation = this.world.owe(client, MAIL);
		await(obligation, contact, "DELIVERED");
		String link = link(only("alan@bank.example"));
		this.api.anonymous()
			.get()
			.uri(link)
			.exchange()
			.expectStatus()
			.isOk()
			.expectHeader()
			.valueEquals("Content-Disposition", "inline")
			.expectBody(String.class)
			.value((page) -> assertThat(page).contains("A title", "method=\"post\""));
		assertThat(acknowledgements(obligation, contact)).isZero();
		this.api.anonymous().post().uri(link).exchange().expectStatus().isOk();
		this.api.anonymous().post().uri(link).exchange().expectStatus().isOk();
		assertThat(acknowledgements(obligation, contact)).isEqualTo(1);
		assertThat(this.world.count("SELECT COUNT(*) FROM event_log WHERE type = 'obligation.acknowledged' "
				+ "AND subject = ? AND data LIKE ?", obligation, "%" + contact + "%"))
			.isEqualTo(1);
		assertThat(this.world.count(
				"SELECT COUNT(*) FROM event_log WHERE type = 'audit.recorded' AND data LIKE ? " + "AND data LIKE ?",
				"%\"PERSON\"%" + contact + "%", "%" + obligation + "%"))
			.isEqualTo(2);
	}

	@Test
	void aLinkOfAnotherOrOfNobodyLeadsNowhere() throws Exception {
		String client = this.world.client();
		String contact = this.world.contact(client, "eve@bank.example");
		String obligation = this.world.owe(client, MAIL);
		await(obligation, contact, "DELIVERED");
		String link = link(only("eve@bank.example"));
		String other = this.world.contact(client, "other@bank.example");
		List<String> forged = List.of(link + "x", link.replace(contact, other), link.replace(obligation, "obl_1"),
				"/v1/acknowledgements/nothing");
		for (String one : forged) {
			this.api.anonymous().get().uri(one).exchange().expectStatus().isNotFound();
			this.api.anonymous().post().uri(one).exchange().expectStatus().isNotFound();
		}
		this.world.tell("clients", ContactRemoved.TYPE, new ContactRemoved(contact, client));
		this.api.anonymous().post().uri(link).exchange().expectStatus().isNotFound();
		assertThat(acknowledgements(obligation, contact)).isZero();
	}

	@Test
	void waitsForTheAcknowledgementWhereTheAgreementSaysSo() throws Exception {
		String client = this.world.client();
		String contact = this.world.contact(client, "mary@bank.example");
		String obligation = this.world.owe(client,
				new Channels(List.of(Channel.MAIL), Rule.ANY, MailEvidence.ACKNOWLEDGED));
		Awaitility.await().atMost(PATIENCE).until(() -> attempts(obligation) == 1);
		assertThat(this.world.stateOf(obligation, contact)).isEqualTo("PENDING");
		assertThat(this.world.isSatisfied(obligation)).isFalse();
		this.api.anonymous().post().uri(link(only("mary@bank.example"))).exchange().expectStatus().isOk();
		assertThat(this.world.stateOf(obligation, contact)).isEqualTo("DELIVERED");
		assertThat(this.world.isSatisfied(obligation)).isTrue();
		assertThat(server.mailsTo("mary@bank.example")).hasSize(1);
	}

	@ParameterizedTest
	@CsvSource({ "550, EXHAUSTED, RECIPIENT", "451, PENDING, RECIPIENT" })
	void aRefusedMailboxIsTheRecipientsFault(int reply, String state, String side) {
		server.answeringRecipients(reply);
		String client = this.world.client();
		String contact = this.world.contact(client, "refused" + reply + "@bank.example");
		String obligation = this.world.owe(client, MAIL);
		Awaitility.await().atMost(PATIENCE).until(() -> attempts(obligation) >= 1);
		assertThat(this.world.stateOf(obligation, contact)).isEqualTo(state);
		assertThat(this.world.count("""
				SELECT COUNT(*) FROM attempt a JOIN delivery d ON d.delivery_id = a.delivery_id
				WHERE d.obligation_id = ? AND a.status = ? AND a.side = ? AND a.error NOT LIKE '%secret%'""",
				obligation, reply, side))
			.isPositive();
	}

	@Test
	void aMailServerThatIsAwayIsOurFaultAndTriedAgain() {
		server.away(true);
		String client = this.world.client();
		String contact = this.world.contact(client, "later@bank.example");
		String obligation = this.world.owe(client, MAIL);
		Awaitility.await().atMost(PATIENCE).until(() -> attempts(obligation) >= 1);
		assertThat(this.world.count("SELECT COUNT(*) FROM delivery WHERE obligation_id = ? AND last_side = 'PROVIDER'",
				obligation))
			.isEqualTo(1);
		server.away(false);
		await(obligation, contact, "DELIVERED");
	}

	@Test
	void aClientWithoutAnEndpointIsMailedAtOnce() {
		String client = this.world.client();
		String contact = this.world.contact(client, "only@bank.example");
		String obligation = this.world.owe(client, new Channels(List.of(Channel.WEBHOOK), Rule.ANY));
		await(obligation, contact, "DELIVERED");
		assertThat(this.world.count("SELECT COUNT(*) FROM delivery WHERE obligation_id = ? AND fallback", obligation))
			.isEqualTo(1);
		assertThat(this.world.isSatisfied(obligation)).as("it is told, but not as it was promised").isFalse();
	}

	@Test
	void atHalfOfTheBudgetWithoutSuccessTheContactIsMailed() {
		try (Receiver receiver = new Receiver()) {
			receiver.answering((message) -> Receiver.Answer.of(503));
			String client = this.world.client();
			String endpoint = this.world.endpoint(client, receiver.url("/hook"));
			String contact = this.world.contact(client, "half@bank.example");
			long start = System.nanoTime();
			String obligation = this.world
				.publish(Ids.next("not"), Duration.ofSeconds(8), Map.of(client, List.of(endpoint)))
				.owed()
				.getFirst()
				.obligationId();
			String early = this.world.stateOf(obligation, contact);
			if (System.nanoTime() - start < Duration.ofSeconds(4).toNanos()) {
				assertThat(early).as("not before its time").isNull();
			}
			await(obligation, contact, "DELIVERED");
			assertThat(this.world.count("""
					SELECT COUNT(*) FROM delivery d JOIN obligation o ON o.obligation_id = d.obligation_id
					WHERE d.obligation_id = ? AND d.endpoint_id = ?
					  AND d.first_attempt_at >= o.owed_from + INTERVAL 4 SECOND""", obligation, contact)).isEqualTo(1);
		}
	}

	@Test
	void onlyTheLowestRungWhoseFilterMatchesIsMailed() {
		String client = this.world.client();
		this.world.contact(client, "minor@bank.example", 1,
				new NoticeFilter(Set.of(), Set.of(Severity.MINOR), Set.of()));
		String first = this.world.contact(client, "first@bank.example", 2, NoticeFilter.ALL);
		String beside = this.world.contact(client, "beside@bank.example", 2, NoticeFilter.ALL);
		this.world.contact(client, "boss@bank.example", 3, NoticeFilter.ALL);
		String obligation = this.world.owe(client, MAIL);
		await(obligation, first, "DELIVERED");
		await(obligation, beside, "DELIVERED");
		assertThat(this.world.count("SELECT COUNT(*) FROM delivery WHERE obligation_id = ?", obligation)).isEqualTo(2);
	}

	@Test
	void allRequiredChannelsHaveToBeReached() {
		try (Receiver receiver = new Receiver()) {
			String client = this.world.client();
			String endpoint = this.world.endpoint(client, receiver.url("/hook"));
			server.answeringRecipients(451);
			String contact = this.world.contact(client, "both@bank.example");
			String obligation = this.world.owe(client, new Channels(List.of(Channel.WEBHOOK, Channel.MAIL), Rule.ALL),
					endpoint);
			await(obligation, endpoint, "DELIVERED");
			assertThat(this.world.isSatisfied(obligation)).isFalse();
			server.answeringRecipients(250);
			await(obligation, contact, "DELIVERED");
			assertThat(this.world.isSatisfied(obligation)).isTrue();
		}
	}

	private void await(String obligation, String contact, String state) {
		Awaitility.await().atMost(PATIENCE).until(() -> state.equals(this.world.stateOf(obligation, contact)));
	}

	private long attempts(String obligation) {
		return this.world.count("""
				SELECT COUNT(*) FROM attempt a JOIN delivery d ON d.delivery_id = a.delivery_id
				WHERE d.obligation_id = ?""", obligation);
	}

	private long acknowledgements(String obligation, String contact) {
		return this.world.count("SELECT COUNT(*) FROM obligation WHERE obligation_id = ? AND acknowledged_by = ? "
				+ "AND acknowledged_means = 'MAIL' AND acknowledged_at IS NOT NULL", obligation, contact);
	}

	private static MimeMessage only(String address) {
		assertThat(server.mailsTo(address)).hasSize(1);
		return server.mailsTo(address)[0];
	}

	private static String link(MimeMessage mail) throws Exception {
		Matcher matcher = LINK.matcher(GreenMailUtil.getBody(mail).replace("=\r\n", "").replace("=3D", "="));
		assertThat(matcher.find()).isTrue();
		return matcher.group();
	}

}
