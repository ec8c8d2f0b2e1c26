package io.punctual.delivery.mail;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;

import com.icegreen.greenmail.util.GreenMailUtil;
import io.punctual.delivery.DeliveryClock;
import io.punctual.delivery.Receiver;
import io.punctual.delivery.World;
import io.punctual.shared.contract.NoticeFilter;
import io.punctual.shared.contract.NoticeKind;
import io.punctual.shared.contract.StatementClosed;
import io.punctual.shared.events.EventSubscriber;
import io.punctual.shared.id.Ids;
import io.punctual.shared.secret.SecretBox;
import io.punctual.shared.transaction.Transactions;
import io.punctual.testing.Api;
import io.punctual.testing.PunctualTest;
import jakarta.mail.internet.MimeMessage;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A closed statement comes to its client, who then holds the chain.
 */
@PunctualTest(
		properties = { "punctual.targets.allow-loopback=true", "punctual.secrets.key-file=target/test-secrets.key" })
class StatementTests {

	static {
		World.writeKeyFile();
	}

	private static final MailServer server = new MailServer();

	@Autowired
	private Api api;

	@Autowired
	private JsonMapper json;

	private World world;

	@DynamicPropertySource
	static void mail(DynamicPropertyRegistry registry) {
		server.register(registry);
	}

	@BeforeEach
	void meet(@Autowired List<EventSubscriber> subscribers, @Autowired Transactions transactions,
			@Autowired SecretBox box, @Autowired JdbcClient jdbc, @Autowired DeliveryClock clock) {
		this.world = new World(subscribers, transactions, box, this.json, jdbc, clock);
	}

	@AfterAll
	static void close() {
		server.close();
	}

	@Test
	void itIsSignedToTheWebhookWithItsHashAndIsTheSameAtEveryAttempt() {
		try (Receiver receiver = new Receiver()) {
			int[] answered = { 0 };
			receiver.answering((message) -> Receiver.Answer.of((answered[0]++ == 0) ? 503 : 204));
			String client = this.world.client();
			this.world.endpoint(client, receiver.url("/hook"));
			StatementClosed closed = closed(client);
			this.world.tell("sla", StatementClosed.TYPE, closed);
			await(() -> receiver.messages().size() == 2);
			Receiver.Message message = receiver.messages().getLast();
			assertThat(message.isSignedBy(World.SECRET)).isTrue();
			assertThat(message.body()).isEqualTo(receiver.messages().getFirst().body());
			JsonNode body = this.json.readTree(message.body());
			assertThat(body.get("type").asString()).isEqualTo("statement.closed");
			assertThat(body.at("/data/clientSeq").asInt()).isEqualTo(1);
			assertThat(body.at("/data/statement").toString()).isEqualTo(
					"{\"statementId\":\"%s\",\"period\":\"2026-09\",\"number\":3,\"hash\":\"%s\",\"href\":\"/v1/statements/%s\"}"
						.formatted(closed.statementId(), closed.hash(), closed.statementId()));
		}
	}

	@Test
	void whereThereIsNoWebhookItIsMailedWhateverNoticesTheContactWants() throws Exception {
		String client = this.world.client();
		this.world.contact(client, "books@client.example", 1,
				new NoticeFilter(Set.of(NoticeKind.INCIDENT), Set.of(), Set.of()));
		StatementClosed closed = closed(client);
		this.world.tell("sla", StatementClosed.TYPE, closed);
		await(() -> server.mailsTo("books@client.example").length == 1);
		MimeMessage mail = server.mailsTo("books@client.example")[0];
		assertThat(mail.getSubject()).isEqualTo("Statement 2026-09");
		assertThat(GreenMailUtil.getBody(mail)).contains("/v1/statements/" + closed.statementId());
	}

	@Test
	void itIsInTheFeedInAnyCase() {
		String client = this.world.client();
		StatementClosed closed = closed(client);
		this.world.tell("sla", StatementClosed.TYPE, closed);
		this.api.knowCredential("oauth-" + client, client);
		JsonNode item = this.json
			.readTree(this.api.client("oauth-" + client)
				.get()
				.uri("/v1/feed")
				.exchange()
				.expectStatus()
				.isOk()
				.expectBody()
				.returnResult()
				.getResponseBody())
			.at("/items/0");
		assertThat(item.get("title").asString()).isEqualTo("Statement 2026-09");
		assertThat(item.at("/_punctual/state").asString()).isEqualTo("STATED");
		assertThat(item.at("/_punctual/statement/hash").asString()).isEqualTo(closed.hash());
	}

	private static StatementClosed closed(String client) {
		return new StatementClosed(Ids.next("stm"), client, "2026-09", 3, "2c26b46b".repeat(8));
	}

	private static void await(Callable<Boolean> condition) {
		Awaitility.await().atMost(Duration.ofSeconds(60)).until(condition);
	}

}
