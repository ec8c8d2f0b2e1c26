package io.punctual.clients;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.punctual.shared.contract.EndpointGone;
import io.punctual.shared.contract.EndpointVerificationFailed;
import io.punctual.shared.contract.EndpointVerified;
import io.punctual.shared.events.Event;
import io.punctual.shared.events.EventSubscriber;
import io.punctual.shared.secret.SecretBox;
import io.punctual.shared.transaction.Transactions;
import io.punctual.testing.Api;
import io.punctual.testing.PunctualTest;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What happens to clients, endpoints and credentials when something else has happened
 * before.
 */
@PunctualTest
class ClientRulesTests {

	private static final FakeIssuer ISSUER = new FakeIssuer();

	@Autowired
	private Api api;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private List<EventSubscriber> subscribers;

	@Autowired
	private Transactions transactions;

	@Autowired
	private SecretBox secrets;

	@DynamicPropertySource
	static void settings(DynamicPropertyRegistry registry) throws Exception {
		Path key = Files.createTempFile("secrets", ".key");
		Files.writeString(key, "1=" + Base64.getEncoder().encodeToString(new byte[32]));
		key.toFile().deleteOnExit();
		registry.add("punctual.secrets.key-file", key::toString);
		registry.add("punctual.credentials.admin-url", ISSUER::url);
		registry.add("punctual.credentials.admin-token", () -> "admin");
	}

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
		assertThat(get("/v1/endpoints/" + endpoint).has("failureReason")).isFalse();
		verified(endpoint, present);
		assertThat(state(endpoint)).isEqualTo("VERIFIED");
	}

	@Test
	void aFailedChallengeSaysWhyAndCanBeRepeated() {
		String endpoint = endpoint("failed");
		tell(EndpointVerificationFailed.TYPE,
				new EndpointVerificationFailed(endpoint, "cli_x", challenge(endpoint), "answered 500", Instant.now()));
		assertThat(get("/v1/endpoints/" + endpoint).get("failureReason").asString()).isEqualTo("answered 500");
		accepted("/v1/endpoints/" + endpoint + "/verify");
		verified(endpoint, challenge(endpoint));
		assertThat(state(endpoint)).isEqualTo("VERIFIED");
		assertThat(get("/v1/endpoints/" + endpoint).has("failureReason")).isFalse();
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
	void theSecretInAnEventOpensForItsEndpointOnly() {
		JsonNode made = post("/v1/clients/" + client("sealed") + "/endpoints",
				Map.of("url", "https://hooks.example.com/sealed"));
		String endpoint = made.get("id").asString();
		JsonNode sealed = lastEvent(endpoint).at("/secrets/0");
		byte[] opened = this.secrets.open(sealed.get("sealed").asString(),
				endpoint + '/' + sealed.get("secretId").asString());
		assertThat("whsec_" + Base64.getEncoder().encodeToString(opened)).isEqualTo(made.get("secret").asString());
	}

	@Test
	void aRemovedClientCallsNoMore() {
		String client = client("removed");
		String caller = post("/v1/clients/" + client + "/credentials", Map.of("name", "production"))
			.get("oauthClientId")
			.asString();
		this.api.client(caller).get().uri("/v1/clients/" + client).exchange().expectStatus().isOk();
		change("/v1/clients/" + client, Map.of("state", "REMOVED"));
		this.api.client(caller).get().uri("/v1/clients/" + client).exchange().expectStatus().isForbidden();
		assertThat(this.jdbc.sql("SELECT COUNT(*) FROM event_log WHERE type = 'credential.upserted' AND data LIKE ?")
			.param("%" + caller + "%REVOKED%")
			.query(Integer.class)
			.single()).isEqualTo(1);
	}

	@Test
	void aRepeatedBulkUpsertChangesNothing() {
		String component = post("/v1/components", Map.of("name", "bulk component")).get("id").asString();
		String agreement = post("/v1/agreements",
				Map.of("name", "Bulk", "terms",
						Map.of("calendarId", "cal_00000000000000000000000247", "targets",
								List.of(Map.of("objective", "DELIVERY", "target", "PT1M")))))
			.get("agreementId")
			.asString();
		List<Map<String, Object>> items = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			items.add(Map.of("externalId", "again-" + i, "name", "Again " + i, "components", List.of(component),
					"agreementId", agreement));
		}
		JsonNode first = bulk(items);
		String client = first.at("/items/0/clientId").asString();
		assertThat(first.get("created").asInt()).isEqualTo(3);
		assertThat(types(client)).containsExactly("client.upserted", "entitlement.granted", "agreement.assigned");
		JsonNode effectiveAt = get("/v1/clients/" + client + "/components").at("/items/0/effectiveAt");
		assertThat(bulk(items).get("unchanged").asInt()).isEqualTo(3);
		assertThat(types(client)).hasSize(3);
		assertThat(get("/v1/clients/" + client + "/components").at("/items/0/effectiveAt")).isEqualTo(effectiveAt);
		String other = post("/v1/components", Map.of("name", "another component")).get("id").asString();
		items.set(0, Map.of("externalId", "again-0", "name", "Again 0", "components", List.of(component, other)));
		assertThat(bulk(items).get("updated").asInt()).isEqualTo(1);
		assertThat(types(client)).containsExactly("client.upserted", "entitlement.granted", "agreement.assigned",
				"entitlement.granted");
	}

	@Test
	void tenThousandClientsComeWithTheirComponentsAndAgreement() {
		String component = post("/v1/components", Map.of("name", "for everybody")).get("id").asString();
		String agreement = post("/v1/agreements",
				Map.of("name", "Everybody", "terms",
						Map.of("calendarId", "cal_00000000000000000000000247", "targets",
								List.of(Map.of("objective", "DELIVERY", "target", "PT1M")))))
			.get("agreementId")
			.asString();
		List<Map<String, Object>> items = new ArrayList<>();
		for (int i = 0; i < 10_000; i++) {
			items.add(Map.of("externalId", "all-" + i, "name", "All " + i, "components", List.of(component),
					"agreementId", agreement));
		}
		assertThat(bulk(items).get("created").asInt()).isEqualTo(10_000);
		assertThat(this.jdbc.sql("SELECT COUNT(*) FROM entitlement WHERE component_id = ?")
			.param(component)
			.query(Integer.class)
			.single()).isEqualTo(10_000);
	}

	private String endpoint(String name) {
		return post("/v1/clients/" + client(name) + "/endpoints", Map.of("url", "https://hooks.example.com/" + name))
			.get("id")
			.asString();
	}

	private String client(String externalId) {
		return post("/v1/clients", Map.of("externalId", "rules-" + externalId, "name", externalId)).get("id")
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

	private List<String> types(String subject) {
		return this.jdbc.sql("SELECT type FROM event_log WHERE subject = ? ORDER BY position")
			.param(subject)
			.query((row, index) -> row.getString(1))
			.list();
	}

	private String state(String endpoint) {
		return get("/v1/endpoints/" + endpoint).get("state").asString();
	}

	private JsonNode bulk(List<Map<String, Object>> items) {
		return json(this.api.provider()
			.post()
			.uri("/v1/clients/bulk-upsert")
			.body(Map.of("clients", items))
			.exchange()
			.expectStatus()
			.isOk());
	}

	private void accepted(String uri) {
		this.api.provider().post().uri(uri).exchange().expectStatus().isAccepted();
	}

	private void change(String uri, Map<String, ?> body) {
		String etag = Objects.requireNonNull(
				this.api.provider().get().uri(uri).exchange().returnResult().getResponseHeaders().getETag());
		this.api.provider()
			.patch()
			.uri(uri)
			.header(HttpHeaders.IF_MATCH, etag)
			.body(body)
			.exchange()
			.expectStatus()
			.isOk();
	}

	private JsonNode post(String uri, Map<String, ?> body) {
		return json(this.api.provider().post().uri(uri).body(body).exchange().expectStatus().isCreated());
	}

	private JsonNode get(String uri) {
		return json(this.api.provider().get().uri(uri).exchange().expectStatus().isOk());
	}

	private static JsonNode json(RestTestClient.ResponseSpec answer) {
		return Objects.requireNonNull(answer.returnResult(JsonNode.class).getResponseBody());
	}

}
