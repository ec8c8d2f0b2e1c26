package io.punctual.clients;

import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import io.punctual.shared.contract.EndpointGone;
import io.punctual.shared.contract.EndpointTested;
import io.punctual.shared.contract.EndpointVerificationFailed;
import io.punctual.shared.contract.EndpointVerified;
import io.punctual.shared.events.Event;
import io.punctual.shared.events.EventSubscriber;
import io.punctual.shared.secret.SecretBox;
import io.punctual.shared.transaction.Transactions;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What happens to an endpoint: challenged, verified, moved, paused, gone; and to its
 * secrets.
 */
class EndpointTests extends ClientsScenario {

	@Autowired
	private List<EventSubscriber> subscribers;

	@Autowired
	private Transactions transactions;

	@Autowired
	private SecretBox secrets;

	@Test
	void anAnsweredChallengeVerifiesTheEndpoint() {
		String endpoint = endpoint("answered");
		verified(endpoint, challenge(endpoint));
		assertThat(state(endpoint)).isEqualTo("VERIFIED");
		assertThat(lastEvent(endpoint).at("/state").asString()).isEqualTo("VERIFIED");
		accepted("/v1/endpoints/" + endpoint + "/test");
		assertThat(count("endpoint.test_requested", endpoint)).isEqualTo(1);
	}

	@Test
	void theAnswerOfAFormerAddressDoesNotVerifyTheNextOne() {
		String endpoint = endpoint("moved");
		String former = challenge(endpoint);
		change("/v1/endpoints/" + endpoint, Map.of("url", "https://elsewhere.example.com/hook"));
		String present = challenge(endpoint);
		assertThat(present).isNotEqualTo(former);
		verified(endpoint, former);
		assertThat(state(endpoint)).isEqualTo("UNVERIFIED");
		tell(EndpointVerificationFailed.TYPE,
				new EndpointVerificationFailed(endpoint, "cli_x", former, "too late", Instant.now()));
		assertThat(read("/v1/endpoints/" + endpoint).has("failureReason")).isFalse();
		verified(endpoint, present);
		assertThat(state(endpoint)).isEqualTo("VERIFIED");
	}

	@Test
	void aFailedChallengeSaysWhyAndCanBeRepeated() {
		String endpoint = endpoint("failed");
		tell(EndpointVerificationFailed.TYPE,
				new EndpointVerificationFailed(endpoint, "cli_x", challenge(endpoint), "answered 500", Instant.now()));
		assertThat(read("/v1/endpoints/" + endpoint).get("failureReason").asString()).isEqualTo("answered 500");
		accepted("/v1/endpoints/" + endpoint + "/verify");
		verified(endpoint, challenge(endpoint));
		assertThat(state(endpoint)).isEqualTo("VERIFIED");
		assertThat(read("/v1/endpoints/" + endpoint).has("failureReason")).isFalse();
	}

	@Test
	void theLastTestSaysWhatCameOfIt() {
		String endpoint = endpoint("tested");
		String path = "/v1/endpoints/" + endpoint;
		verified(endpoint, challenge(endpoint));
		accepted(path + "/test");
		assertThat(read(path).has("lastTest")).isFalse();
		String former = test(endpoint);
		accepted(path + "/test");
		tell(EndpointTested.TYPE, new EndpointTested(endpoint, "cli_x", former, Instant.now(), "answered 500"));
		assertThat(read(path).has("lastTest")).isFalse();
		tell(EndpointTested.TYPE, new EndpointTested(endpoint, "cli_x", test(endpoint), Instant.now(), "timed out"));
		assertThat(read(path).at("/lastTest/passed").asBoolean()).isFalse();
		assertThat(read(path).at("/lastTest/failure").asString()).isEqualTo("timed out");
		accepted(path + "/test");
		tell(EndpointTested.TYPE, new EndpointTested(endpoint, "cli_x", test(endpoint), Instant.now(), null));
		assertThat(read(path).at("/lastTest/passed").asBoolean()).isTrue();
	}

	private String test(String endpoint) {
		return this.jdbc.sql("SELECT test_id FROM endpoint WHERE id = ?").param(endpoint).query(String.class).single();
	}

	@Test
	void anEndpointThatIsGoneStaysGone() {
		String endpoint = endpoint("gone");
		String challenge = challenge(endpoint);
		tell(EndpointGone.TYPE, new EndpointGone(endpoint, "cli_x", Instant.now()));
		tell(EndpointGone.TYPE, new EndpointGone(endpoint, "cli_x", Instant.now()));
		verified(endpoint, challenge);
		assertThat(state(endpoint)).isEqualTo("GONE");
		assertThat(count("endpoint.upserted", endpoint)).isEqualTo(2);
		this.api.provider()
			.post()
			.uri("/v1/endpoints/" + endpoint + "/verify")
			.exchange()
			.expectStatus()
			.isEqualTo(409);
	}

	@Test
	void aVerifiedEndpointIsPausedAndResumed() {
		String endpoint = endpoint("paused");
		verified(endpoint, challenge(endpoint));
		change("/v1/endpoints/" + endpoint, Map.of("paused", true));
		assertThat(state(endpoint)).isEqualTo("PAUSED");
		change("/v1/endpoints/" + endpoint, Map.of("paused", false));
		assertThat(state(endpoint)).isEqualTo("VERIFIED");
	}

	@Test
	void aSecretIsShownOnceAndTheFormerOneSignsOn() {
		JsonNode endpoint = post("/v1/clients/" + client("rotation") + "/endpoints",
				Map.of("url", "https://hooks.example.com/r"));
		String id = endpoint.get("id").asString();
		get("/v1/endpoints/" + id).expectStatus().isOk().expectBody().jsonPath("$.secret").doesNotExist();
		JsonNode rotated = json(this.api.provider().post().uri("/v1/endpoints/{id}/secrets", id).exchange());
		assertThat(rotated.get("secret").asString()).isNotEqualTo(endpoint.get("secret").asString());
		assertThat(count("SELECT COUNT(*) FROM endpoint_secret WHERE endpoint_id = '%s' AND signs_until IS NOT NULL"
			.formatted(id))).isEqualTo(1);
		this.api.provider()
			.post()
			.uri("/v1/endpoints/{id}/test", id)
			.exchange()
			.expectStatus()
			.isEqualTo(409)
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("https://punctual.example/problems/endpoint-unverified");
	}

	@Test
	void theSecretInAnEventOpensForItsEndpointOnly() {
		JsonNode made = post("/v1/clients/" + client("sealed") + "/endpoints",
				Map.of("url", "https://hooks.example.com/sealed"));
		String endpoint = made.get("id").asString();
		JsonNode sealed = lastEvent(endpoint).at("/secrets/0");
		byte[] opened = this.secrets.open(sealed.get("sealed").asString(),
				endpoint + '/' + sealed.get("secretId").asString());
		assertThat("whsec_" + Base64.getEncoder().encodeToString(opened)).isEqualTo(made.get("secret").asString());
	}

	private String endpoint(String name) {
		return post("/v1/clients/" + client(name) + "/endpoints", Map.of("url", "https://hooks.example.com/" + name))
			.get("id")
			.asString();
	}

	private void verified(String endpoint, String challenge) {
		tell(EndpointVerified.TYPE, new EndpointVerified(endpoint, "cli_x", challenge, Instant.now()));
	}

	private void tell(String type, Object data) {
		Event event = new Event(1, "1", "delivery", type, "x", Instant.now(), "test",
				JsonMapper.shared().valueToTree(data));
		this.transactions.write(() -> this.subscribers.stream()
			.filter((subscriber) -> subscriber.source().equals("delivery") && subscriber.types().contains(type))
			.forEach((subscriber) -> subscriber.apply(List.of(event))));
	}

	private String challenge(String endpoint) {
		return event("endpoint.verification_requested", endpoint).get("verificationId").asString();
	}

	private JsonNode lastEvent(String endpoint) {
		return event("endpoint.upserted", endpoint);
	}

	private JsonNode event(String type, String subject) {
		return JsonMapper.shared()
			.readTree(this.jdbc
				.sql("SELECT data FROM event_log WHERE type = ? AND subject = ? ORDER BY position DESC LIMIT 1")
				.params(type, subject)
				.query(String.class)
				.single());
	}

	private int count(String type, String subject) {
		return Math.toIntExact(types(subject).stream().filter(type::equals).count());
	}

	private String state(String endpoint) {
		return read("/v1/endpoints/" + endpoint).get("state").asString();
	}

	private void accepted(String uri) {
		this.api.provider().post().uri(uri).exchange().expectStatus().isAccepted();
	}

}
