package io.punctual.delivery.api;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.micrometer.core.instrument.MeterRegistry;
import io.punctual.delivery.DeliveryClock;
import io.punctual.delivery.Receiver;
import io.punctual.delivery.World;
import io.punctual.delivery.World.Publication;
import io.punctual.shared.contract.EndpointUpserted;
import io.punctual.shared.events.EventSubscriber;
import io.punctual.shared.id.Ids;
import io.punctual.shared.secret.SecretBox;
import io.punctual.shared.transaction.Transactions;
import io.punctual.testing.Api;
import io.punctual.testing.ContractCheck;
import io.punctual.testing.ListedMeters;
import io.punctual.testing.RefusedChanges;
import io.punctual.testing.PunctualTest;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

@PunctualTest(
		properties = { "punctual.targets.allow-loopback=true", "punctual.secrets.key-file=target/test-secrets.key" })
class ApiTests {

	static {
		World.writeKeyFile();
	}

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
	void implementsEveryOperation(@Autowired ContractCheck contract) {
		contract.everyOperationIsImplemented("delivery");
	}

	@Test
	void everyChangeThatIsRefusedIsInTheAudit() {
		assertThat(RefusedChanges.tryEach(this.api, "delivery")).contains("POST /v1/deliveries/{deliveryId}/retry");
	}

	@Test
	void everyListedMeterIsThere(@Autowired MeterRegistry meters) {
		assertThat(ListedMeters.differences(meters, "delivery")).isEmpty();
	}

	@Test
	void showsDeliveriesWithTheirEvidence() {
		try (Receiver receiver = new Receiver()) {
			String client = this.world.client();
			String endpoint = this.world.endpoint(client, receiver.url("/hook"));
			Publication said = this.world.publish(Ids.next("not"), Duration.ofMinutes(1),
					Map.of(client, List.of(endpoint)));
			String obligation = said.owed().getFirst().obligationId();
			Awaitility.await()
				.atMost(Duration.ofSeconds(60))
				.until(() -> "DELIVERED".equals(this.world.stateOf(obligation, endpoint)));
			String delivery = this.world.deliveryOf(obligation);
			this.api.provider()
				.get()
				.uri("/v1/deliveries?client=" + client + "&limit=1")
				.exchange()
				.expectStatus()
				.isOk();
			this.api.provider().get().uri("/v1/deliveries/" + delivery).exchange().expectStatus().isOk();
			this.api.provider()
				.get()
				.uri("/v1/deliveries/" + delivery + "/attempts")
				.exchange()
				.expectBody()
				.jsonPath("$.items[0].status")
				.isEqualTo(204);
			this.api.provider()
				.post()
				.uri("/v1/deliveries/" + delivery + "/retry")
				.exchange()
				.expectStatus()
				.isEqualTo(409);
			this.api.provider().get().uri("/v1/deliveries/dlv_unknown").exchange().expectStatus().isNotFound();
			this.api.provider().get().uri("/v1/deliveries?state=LOST").exchange().expectStatus().isEqualTo(422);
		}
	}

	@Test
	void whatWaitsIsTriedAgainWhenAskedFor() {
		try (Receiver receiver = new Receiver()) {
			receiver.answering((message) -> Receiver.Answer.of(503));
			String client = this.world.client();
			String endpoint = this.world.endpoint(client, receiver.url("/hook"));
			String obligation = this.world
				.publish(Ids.next("not"), Duration.ofMinutes(5), Map.of(client, List.of(endpoint)))
				.owed()
				.getFirst()
				.obligationId();
			Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> !receiver.messages().isEmpty());
			String delivery = this.world.deliveryOf(obligation);
			this.api.provider()
				.post()
				.uri("/v1/deliveries/" + delivery + "/retry")
				.exchange()
				.expectStatus()
				.isAccepted();
			assertThat(this.world.count(
					"SELECT COUNT(*) FROM event_log WHERE type = 'audit.recorded' AND data LIKE ? AND data LIKE ?",
					"%" + delivery + "%", "%" + client + "%"))
				.isEqualTo(1);
		}
	}

	@Test
	void aClientReadsItsFeedAndAcknowledges() {
		String client = this.world.client();
		String other = this.world.client();
		this.api.knowCredential("oauth-own", client);
		this.api.knowCredential("oauth-other", other);
		String obligation = this.world.publish(Ids.next("not"), Duration.ofMinutes(1), Map.of(client, List.of()))
			.owed()
			.getFirst()
			.obligationId();
		String tag = this.api.client("oauth-own")
			.get()
			.uri("/v1/feed?wait=1")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.items[0]._punctual.clientSeq")
			.isEqualTo(1)
			.returnResult()
			.getResponseHeaders()
			.getETag();
		this.api.client("oauth-own")
			.get()
			.uri("/v1/feed")
			.header("If-None-Match", String.valueOf(tag))
			.exchange()
			.expectStatus()
			.isNotModified();
		String uri = "/v1/obligations/" + obligation + "/acknowledge";
		this.api.client("oauth-other").post().uri(uri).exchange().expectStatus().isNotFound();
		this.api.provider().post().uri(uri).exchange().expectStatus().isEqualTo(422);
		this.api.client("oauth-own").post().uri(uri).exchange().expectBody().jsonPath("$.means").isEqualTo("API");
		this.api.provider()
			.post()
			.uri(uri)
			.header("Content-Type", "application/json")
			.body("{\"person\":\"Ada\"}")
			.exchange()
			.expectBody()
			.jsonPath("$.by")
			.isEqualTo("oauth-own");
	}

	@Test
	void challengesAnEndpointWithinTheRequest() {
		try (Receiver receiver = new Receiver()) {
			String endpoint = this.world.endpoint(this.world.client(), receiver.url("/hook"));
			receiver.answering((message) -> {
				String[] parts = message.body().split("\"challenge\":\"");
				return new Receiver.Answer(200, parts[1].substring(0, parts[1].indexOf('"')), Map.of());
			});
			String uri = "/internal/endpoints/" + endpoint + "/challenge";
			this.api.internal().post().uri(uri).exchange().expectBody().jsonPath("$.passed").isEqualTo(true);
			assertThat(receiver.messages("/hook")).singleElement()
				.satisfies((message) -> assertThat(message.headers()).containsKey("Webhook-signature"));
			receiver.answering((message) -> Receiver.Answer.of(401));
			this.api.internal().post().uri(uri).exchange().expectBody().jsonPath("$.passed").isEqualTo(false);
			this.api.provider().post().uri(uri).exchange().expectStatus().isForbidden();
		}
	}

	@Test
	void challengesNoEndpointThatIsNotVerified() {
		String endpoint = this.world.endpoint(Ids.next("end"), this.world.client(), "https://receiver.example/",
				EndpointUpserted.State.PAUSED);
		this.api.internal()
			.post()
			.uri("/internal/endpoints/" + endpoint + "/challenge")
			.exchange()
			.expectStatus()
			.isEqualTo(409);
		this.api.internal()
			.post()
			.uri("/internal/endpoints/end_unknown/challenge")
			.exchange()
			.expectStatus()
			.isNotFound();
	}

}
