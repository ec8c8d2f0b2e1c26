package io.punctual.clients;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import io.micrometer.core.instrument.MeterRegistry;
import io.punctual.testing.Api;
import io.punctual.testing.ContractCheck;
import io.punctual.testing.ListedMeters;
import io.punctual.testing.PunctualTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The story of a client, told over HTTP: registered, promised something, reachable,
 * calling by itself.
 */
@PunctualTest
class ClientsApiTests {

	private static final FakeIssuer ISSUER = new FakeIssuer();

	@Autowired
	private Api api;

	@Autowired
	private ContractCheck contract;

	@Autowired
	private JdbcClient jdbc;

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
	void theServiceOffersWhatTheDocumentSays() {
		this.contract.everyOperationIsImplemented("clients");
	}

	@Test
	void everyListedMeterIsThere(@Autowired MeterRegistry meters) {
		assertThat(ListedMeters.differences(meters, "clients")).isEmpty();
	}

	@Test
	void aClientIsRegisteredPromisedSomethingAndReachable() {
		String component = create("/v1/components", Map.of("name", "queues"));
		String client = client("story");
		this.api.provider()
			.put()
			.uri("/v1/clients/{id}/components/{component}", client, component)
			.exchange()
			.expectStatus()
			.isNoContent();
		String calendar = create("/v1/calendars", Map.of("name", "office", "definition",
				Map.of("zone", "Europe/London", "weekly", Map.of("MON", List.of("09:00-17:00")))));
		String agreement = post("/v1/agreements",
				Map.of("name", "Gold", "terms",
						Map.of("calendarId", calendar, "targets",
								List.of(Map.of("objective", "DELIVERY", "target", "PT5M")))))
			.get("agreementId")
			.asString();
		this.api.provider()
			.put()
			.uri("/v1/clients/{id}/agreement", client)
			.body(Map.of("agreementId", agreement))
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.agreement.calendar.definition.zone")
			.isEqualTo("Europe/London");
		JsonNode endpoint = post("/v1/clients/" + client + "/endpoints",
				Map.of("url", "https://HOOKS.example.com/punctual"));
		assertThat(endpoint.get("secret").asString()).startsWith("whsec_");
		assertThat(endpoint.get("url").asString()).isEqualTo("https://hooks.example.com/punctual");
		assertThat(endpoint.get("state").asString()).isEqualTo("UNVERIFIED");
		assertThat(types(endpoint.get("id").asString()))
			.isEqualTo(List.of("endpoint.upserted", "endpoint.verification_requested"));
		assertThat(types(client)).isEqualTo(List.of("client.upserted", "entitlement.granted", "agreement.assigned"));
		String secret = endpoint.get("secret").asString().substring("whsec_".length());
		assertThat(this.jdbc.sql("SELECT data FROM event_log").query(String.class).list())
			.noneMatch((data) -> String.valueOf(data).contains(secret));
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
	void aChangeNeedsTheVersionThatWasRead() {
		String uri = "/v1/clients/" + client("etag");
		String etag = etag(uri);
		patch(uri, Optional.empty(), Map.of("name", "After")).expectStatus().isEqualTo(428);
		patch(uri, Optional.of("\"v99\""), Map.of("name", "After")).expectStatus().isEqualTo(412);
		patch(uri, Optional.of(etag), Map.of("name", "After")).expectStatus().isOk();
		patch(uri, Optional.of(etag), Map.of("name", "Lost")).expectStatus().isEqualTo(412);
		String read = etag(uri);
		create(uri + "/contacts", Map.of("name", "Ada", "email", "ada@example.com"));
		patch(uri, Optional.of(read), Map.of("name", "Children count")).expectStatus().isEqualTo(412);
		get(uri).expectStatus().isOk().expectBody().jsonPath("$.name").isEqualTo("After");
	}

	@Test
	void aClientCallsByItselfSeesItselfOnlyAndIsRefusedOnceRevoked() {
		String mine = client("mine");
		String other = client("other");
		JsonNode credential = post("/v1/clients/" + mine + "/credentials", Map.of("name", "production"));
		String oauth = credential.get("oauthClientId").asString();
		assertThat(credential.get("clientSecret").asString()).isNotBlank();
		assertThat(credential.get("apiKey").asString()).hasSizeBetween(20, 128);
		get("/v1/clients/" + mine + "/credentials").expectBody()
			.jsonPath("$.items[0].apiKeyId")
			.isEqualTo(credential.get("apiKeyId").asString())
			.jsonPath("$.items[0].apiKey")
			.doesNotExist()
			.jsonPath("$.items[0].clientSecret")
			.doesNotExist();
		RestTestClient caller = this.api.client(oauth);
		caller.get().uri("/v1/clients/{id}", mine).exchange().expectStatus().isOk();
		caller.get().uri("/v1/clients/{id}", other).exchange().expectStatus().isNotFound();
		caller.get().uri("/v1/clients").exchange().expectStatus().isForbidden();
		post("/v1/clients/" + mine + "/credentials", Map.of("name", "next"));
		issue(mine).expectStatus().isEqualTo(409);
		revoke(mine, credential);
		caller.get().uri("/v1/clients/{id}", mine).exchange().expectStatus().isForbidden();
		assertThat(ISSUER.clients).doesNotContainKey(oauth);
	}

	@Test
	void aClientCallsWithItsOwnKeyOnly() {
		String mine = client("keyed");
		JsonNode own = post("/v1/clients/" + mine + "/credentials", Map.of("name", "production"));
		JsonNode next = post("/v1/clients/" + mine + "/credentials", Map.of("name", "next"));
		JsonNode others = post("/v1/clients/" + client("other-keyed") + "/credentials", Map.of("name", "production"));
		RestTestClient caller = this.api.client(own.get("oauthClientId").asString());
		keyed(caller, mine, own).expectStatus().isOk();
		keyed(caller, mine, next).expectStatus().isOk();
		keyed(caller, mine, others).expectStatus().isForbidden();
		keyed(this.api.provider(), mine, others).expectStatus().isForbidden();
		revoke(mine, next);
		keyed(caller, mine, next).expectStatus().isForbidden();
	}

	private static RestTestClient.ResponseSpec keyed(RestTestClient caller, String client, JsonNode credential) {
		return caller.get()
			.uri("/v1/clients/{id}", client)
			.header("X-Api-Key-Id", credential.get("apiKeyId").asString())
			.exchange();
	}

	@Test
	void whenTheIssuerIsDownNothingIsHalfDone() {
		String client = client("issuer-down");
		JsonNode credential = post("/v1/clients/" + client + "/credentials", Map.of("name", "a"));
		ISSUER.down = true;
		try {
			issue(client).expectStatus().isEqualTo(503);
			revoke(client, credential);
			this.api.client(credential.get("oauthClientId").asString())
				.get()
				.uri("/v1/clients/{id}", client)
				.exchange()
				.expectStatus()
				.isForbidden();
		}
		finally {
			ISSUER.down = false;
		}
		get("/v1/clients/" + client + "/credentials").expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.items.length()")
			.isEqualTo(1);
	}

	@Test
	void tenThousandClientsAreUpsertedAtOnceAllOrNone() {
		List<Map<String, Object>> items = new ArrayList<>();
		for (int i = 0; i < 10_000; i++) {
			items.add(Map.of("externalId", "bulk-" + i, "name", "Bulk " + i));
		}
		assertThat(bulk(items, 200).get("created").asInt()).isEqualTo(10_000);
		assertThat(bulk(items, 200).get("unchanged").asInt()).isEqualTo(10_000);
		items.set(7, Map.of("externalId", "bulk-7", "name", "Renamed"));
		items.set(9_999, Map.of("externalId", "not a key", "name", "X"));
		assertThat(bulk(items, 422).get("errors").get(0).get("field").asString()).isEqualTo("/clients/9999/externalId");
		assertThat(count("SELECT COUNT(*) FROM client WHERE name = 'Renamed'")).isZero();
		assertThat(count("SELECT COUNT(*) FROM event_log WHERE type = 'client.upserted' AND data LIKE '%\"bulk-%'"))
			.isEqualTo(10_000);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					/v1/clients    | {"externalId":"a b","name":"x"}              | 422 | validation        | /externalId
					/v1/clients    | {"externalId":"a","name":" "}                | 422 | validation        | /name
					/v1/clients    | {"externalId":"a","name":"x","colour":"red"} | 422 | validation        | /colour
					/v1/clients    | {"externalId":"a","name":5}                  | 422 | validation        | /name
					/v1/clients    | {"externalId":                               | 400 | malformed-request | ``
					/v1/components | {}                                           | 422 | validation        | /name
					/v1/calendars  | {"name":"x","definition":{"zone":"Mars/Base","weekly":{}}} | 422 | validation | /definition/zone
					/v1/calendars  | {"name":"x","definition":{"zone":"Europe/London","weekly":{"MON":["25:00-26:00"]}}} | 422 | validation | /definition/weekly/MON/0
					/v1/agreements | {"name":"x","terms":{"calendarId":"cal_00000000000000000000000247","targets":[{"objective":"DELIVERY","target":"PT29S"}]}} | 422 | validation | /terms/targets/0/target
					/v1/agreements | {"name":"x","terms":{"calendarId":"cal_none","targets":[{"objective":"DELIVERY","target":"PT30S"}]}} | 422 | validation | /terms/calendarId
					/v1/clients/CLIENT/endpoints   | {"url":"https://10.0.0.1/hook"}      | 422 | target-forbidden | /url
					/v1/clients/CLIENT/endpoints   | {"url":"http://hooks.example.com/"}  | 422 | target-forbidden | /url
					/v1/clients/cli_none/endpoints | {"url":"https://hooks.example.com/"} | 404 | not-found        | ``
					""")
	void badInputIsRefusedNamingTheField(String path, String body, int status, String type, String field) {
		String client = json(this.api.provider()
			.put()
			.uri("/v1/clients/by-external-id/bad-input")
			.body(Map.of("name", "Bad input"))
			.exchange()).get("id").asString();
		RestTestClient.BodyContentSpec answer = this.api.provider()
			.post()
			.uri(path.replace("CLIENT", client))
			.contentType(MediaType.APPLICATION_JSON)
			.body(body)
			.exchange()
			.expectStatus()
			.isEqualTo(status)
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("https://punctual.example/problems/" + type);
		if (!field.isEmpty()) {
			answer.jsonPath("$.errors[0].field").isEqualTo(field);
		}
	}

	@Test
	void aPromiseThatNobodyCouldKeepIsRefused() {
		String calendar = create("/v1/calendars", Map.of("name", "feed", "definition",
				Map.of("zone", "UTC", "weekly", Map.of("MON", List.of("09:00-17:00")))));
		this.api.provider()
			.post()
			.uri("/v1/agreements")
			.body(Map.of("name", "Feed", "terms",
					Map.of("calendarId", calendar, "channels",
							Map.of("required", List.of("WEBHOOK", "FEED"), "rule", "ANY"), "targets",
							List.of(Map.of("objective", "DELIVERY", "target", "PT5M")))))
			.exchange()
			.expectStatus()
			.isEqualTo(422)
			.expectBody()
			.jsonPath("$.errors[0].field")
			.isEqualTo("/terms/channels/required");
	}

	@Test
	void theSnapshotTellsTheWholePresentState() {
		String client = client("snapshot");
		create("/v1/clients/" + client + "/contacts", Map.of("name", "Ada", "email", "ada@example.com"));
		byte[] body = this.api.internal()
			.get()
			.uri("/internal/snapshot")
			.exchange()
			.expectStatus()
			.isOk()
			.returnResult(byte[].class)
			.getResponseBody();
		assertThat(new String(body, StandardCharsets.UTF_8)).contains(client, "contact.upserted")
			.doesNotContain("ada@example.com");
	}

	private JsonNode bulk(List<Map<String, Object>> items, int status) {
		return json(this.api.provider()
			.post()
			.uri("/v1/clients/bulk-upsert")
			.body(Map.of("clients", items))
			.exchange()
			.expectStatus()
			.isEqualTo(status));
	}

	private RestTestClient.ResponseSpec issue(String client) {
		return this.api.provider()
			.post()
			.uri("/v1/clients/{id}/credentials", client)
			.body(Map.of("name", "another"))
			.exchange();
	}

	private void revoke(String client, JsonNode credential) {
		this.api.provider()
			.delete()
			.uri("/v1/clients/{id}/credentials/{credential}", client, credential.get("id").asString())
			.exchange()
			.expectStatus()
			.isNoContent();
	}

	private String client(String externalId) {
		return create("/v1/clients", Map.of("externalId", externalId, "name", "Client " + externalId));
	}

	private String create(String uri, Map<String, ?> body) {
		return post(uri, body).get("id").asString();
	}

	private JsonNode post(String uri, Map<String, ?> body) {
		return json(this.api.provider().post().uri(uri).body(body).exchange().expectStatus().isCreated());
	}

	private static JsonNode json(RestTestClient.ResponseSpec answer) {
		return Objects.requireNonNull(answer.returnResult(JsonNode.class).getResponseBody());
	}

	private RestTestClient.ResponseSpec get(String uri) {
		return this.api.provider().get().uri(uri).exchange();
	}

	private String etag(String uri) {
		return Optional.ofNullable(get(uri).returnResult(JsonNode.class).getResponseHeaders().getETag()).orElseThrow();
	}

	private RestTestClient.ResponseSpec patch(String uri, Optional<String> etag, Map<String, ?> body) {
		return this.api.provider()
			.patch()
			.uri(uri)
			.headers((headers) -> etag.ifPresent((tag) -> headers.set(HttpHeaders.IF_MATCH, tag)))
			.body(body)
			.exchange();
	}

	private int count(String sql) {
		return this.jdbc.sql(sql).query(Integer.class).single();
	}

	private List<?> types(String subject) {
		return this.jdbc.sql("SELECT type FROM event_log WHERE subject = ? ORDER BY position")
			.param(subject)
			.query(String.class)
			.list();
	}

}
