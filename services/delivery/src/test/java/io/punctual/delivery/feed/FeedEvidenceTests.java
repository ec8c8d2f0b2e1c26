package io.punctual.delivery.feed;

import java.time.Duration;
import java.util.List;

import io.punctual.delivery.DeliveryClock;
import io.punctual.delivery.Receiver;
import io.punctual.delivery.World;
import io.punctual.shared.contract.AgreementTerms.Channel;
import io.punctual.shared.contract.AgreementTerms.Channels;
import io.punctual.shared.contract.AgreementTerms.Rule;
import io.punctual.shared.events.EventSubscriber;
import io.punctual.shared.secret.SecretBox;
import io.punctual.shared.transaction.Transactions;
import io.punctual.testing.Api;
import io.punctual.testing.PunctualTest;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where an agreement requires the feed, reading on is the evidence.
 */
@PunctualTest(
		properties = { "punctual.targets.allow-loopback=true", "punctual.secrets.key-file=target/test-secrets.key" })
class FeedEvidenceTests {

	static {
		World.writeKeyFile();
	}

	private static final Channels FEED = new Channels(List.of(Channel.FEED), Rule.ANY);

	@Autowired
	private Api api;

	private World world;

	@BeforeEach
	void meet(@Autowired List<EventSubscriber> subscribers, @Autowired Transactions transactions,
			@Autowired SecretBox box, @Autowired JsonMapper json, @Autowired JdbcClient jdbc,
			@Autowired DeliveryClock clock) {
		this.world = new World(subscribers, transactions, box, json, jdbc, clock);
	}

	@Test
	void readingOnIsTheEvidenceOfWhatCameBefore() {
		String client = client();
		String first = this.world.owe(client, FEED);
		String second = this.world.owe(client, FEED);
		read(client, 0);
		assertThat(this.world.stateOf(first, client)).as("an answer may have been lost").isEqualTo("PENDING");
		read(client, 1);
		assertThat(this.world.stateOf(first, client)).isEqualTo("DELIVERED");
		assertThat(this.world.isSatisfied(first)).isTrue();
		assertThat(this.world.stateOf(second, client)).isEqualTo("PENDING");
		assertThat(this.world.isSatisfied(second)).isFalse();
	}

	@Test
	void theEvidenceIsStoredOnce() {
		String client = client();
		String obligation = this.world.owe(client, FEED);
		read(client, 1);
		read(client, 1);
		String delivery = this.world.deliveryOf(obligation);
		this.api.provider()
			.get()
			.uri("/v1/deliveries/" + delivery)
			.exchange()
			.expectBody()
			.jsonPath("$.channel")
			.isEqualTo("FEED")
			.jsonPath("$.state")
			.isEqualTo("DELIVERED");
		this.api.provider()
			.get()
			.uri("/v1/deliveries/" + delivery + "/attempts")
			.exchange()
			.expectBody()
			.jsonPath("$.items.length()")
			.isEqualTo(1)
			.jsonPath("$.items[0].url")
			.isEqualTo("/v1/feed?after=1");
		assertThat(this.world.count("SELECT COUNT(*) FROM event_log WHERE type = 'deliveries.settled' AND data LIKE ?",
				"%" + obligation + "%"))
			.isEqualTo(1);
	}

	@Test
	void anotherClientsReadingProvesNothing() {
		String client = client();
		String other = client();
		String obligation = this.world.owe(client, FEED);
		this.world.owe(other, FEED);
		read(other, 1);
		assertThat(this.world.stateOf(obligation, client)).isEqualTo("PENDING");
	}

	@Test
	void whoAsksForWhatFollowsAnUpdateThatNeverWasIsTold() {
		String client = client();
		String obligation = this.world.owe(client, FEED);
		this.api.client("oauth-" + client)
			.get()
			.uri("/v1/feed?after=2")
			.exchange()
			.expectStatus()
			.isEqualTo(422)
			.expectBody()
			.jsonPath("$.errors[0].field")
			.isEqualTo("after")
			.jsonPath("$.errors[0].detail")
			.isEqualTo("must not be beyond the client's last update, which is number 1");
		assertThat(this.world.stateOf(obligation, client)).isEqualTo("PENDING");
	}

	@Test
	void whereTheFeedIsNotRequiredItLeavesNoEvidence() {
		String client = client();
		String obligation = this.world.owe(client, new Channels(List.of(Channel.WEBHOOK), Rule.ANY));
		read(client, 1);
		assertThat(this.world.stateOf(obligation, client)).isNull();
		assertThat(this.world.isSatisfied(obligation)).isFalse();
	}

	@Test
	void feedAndWebhookTogetherAreSatisfiedByTheLast() {
		try (Receiver receiver = new Receiver()) {
			String client = client();
			String endpoint = this.world.endpoint(client, receiver.url("/hook"));
			String obligation = this.world.owe(client, new Channels(List.of(Channel.WEBHOOK, Channel.FEED), Rule.ALL),
					endpoint);
			Awaitility.await()
				.atMost(Duration.ofSeconds(60))
				.until(() -> "DELIVERED".equals(this.world.stateOf(obligation, endpoint)));
			assertThat(this.world.isSatisfied(obligation)).isFalse();
			read(client, 1);
			assertThat(this.world.isSatisfied(obligation)).isTrue();
		}
	}

	@Test
	void aWholePageAndMoreIsConfirmedAtOnce() {
		String client = client();
		for (int i = 0; i < 130; i++) {
			this.world.owe(client, FEED);
		}
		read(client, 130);
		assertThat(
				this.world.count("SELECT COUNT(*) FROM delivery WHERE endpoint_id = ? AND state = 'DELIVERED'", client))
			.isEqualTo(130);
	}

	@Test
	void whatDidNotFitOnAPageComesNextAndIsNotTakenForRead() {
		String client = client();
		// 60 kB each: a page of 90 would be 5.4 MB.
		this.world.says("\u754c".repeat(20_000));
		for (int i = 0; i < 90; i++) {
			this.world.owe(client, FEED);
		}
		JsonNode first = page(client, 0);
		int fits = first.path("items").size();
		assertThat(fits).isBetween(80, 89);
		assertThat(first.path("next_url").asString()).isEqualTo("?after=" + fits);
		JsonNode rest = page(client, fits);
		assertThat(rest.path("items").path(0).at("/_punctual/clientSeq").asInt()).isEqualTo(fits + 1);
		assertThat(rest.path("items").size()).isEqualTo(90 - fits);
		assertThat(rest.has("next_url")).isFalse();
		assertThat(
				this.world.count("SELECT COUNT(*) FROM delivery WHERE endpoint_id = ? AND state = 'DELIVERED'", client))
			.isEqualTo(fits);
	}

	@Test
	void aFeedCannotBeTriedAgain() {
		String client = client();
		String delivery = this.world.deliveryOf(this.world.owe(client, FEED));
		this.api.provider()
			.post()
			.uri("/v1/deliveries/" + delivery + "/retry")
			.exchange()
			.expectStatus()
			.isEqualTo(409);
	}

	private String client() {
		String client = this.world.client();
		this.api.knowCredential("oauth-" + client, client);
		return client;
	}

	private JsonNode page(String client, long after) {
		return JsonMapper.shared()
			.readTree(this.api.client("oauth-" + client)
				.get()
				.uri("/v1/feed?after=" + after)
				.exchange()
				.expectBody()
				.returnResult()
				.getResponseBody());
	}

	private void read(String client, long after) {
		this.api.client("oauth-" + client).get().uri("/v1/feed?after=" + after).exchange().expectStatus().isOk();
	}

}
