package io.punctual.delivery.mail;

import java.util.Set;

import com.icegreen.greenmail.util.GreenMailUtil;
import io.punctual.delivery.Receiver;
import io.punctual.delivery.World;
import io.punctual.shared.contract.NoticeFilter;
import io.punctual.shared.contract.NoticeKind;
import io.punctual.shared.contract.StatementClosed;
import io.punctual.shared.id.Ids;
import jakarta.mail.internet.MimeMessage;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A closed statement comes to its client, who then holds the chain.
 */
class StatementTests extends MailTest {

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

}
