package io.punctual.clients;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import io.punctual.testing.Api;
import io.punctual.testing.PunctualTest;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;

/**
 * What the stories of this service are told with: the service on a database of its own, a
 * provider who calls it, and an issuer of credentials that can be down.
 */
@PunctualTest
abstract class ClientsScenario {

	static final FakeIssuer ISSUER = new FakeIssuer();

	/** The calendar that is always there: around the clock. */
	static final String ALWAYS = "cal_00000000000000000000000247";

	@Autowired
	Api api;

	@Autowired
	JdbcClient jdbc;

	@DynamicPropertySource
	static void settings(DynamicPropertyRegistry registry) throws Exception {
		Path key = Files.createTempFile("secrets", ".key");
		Files.writeString(key, "1=" + Base64.getEncoder().encodeToString(new byte[32]));
		key.toFile().deleteOnExit();
		registry.add("punctual.secrets.key-file", key::toString);
		registry.add("punctual.credentials.admin-url", ISSUER::url);
		registry.add("punctual.credentials.admin-token", () -> "admin");
	}

	/** A new client's id. */
	String client(String externalId) {
		return create("/v1/clients", Map.of("externalId", externalId, "name", "Client " + externalId));
	}

	/** A new agreement's id: every update within this time, around the clock. */
	String agreement(String name, String target) {
		return post("/v1/agreements", Map.of("name", name, "terms", terms(target))).get("agreementId").asString();
	}

	/** Every update within this time, around the clock. */
	static Map<String, Object> terms(String target) {
		return Map.of("calendarId", ALWAYS, "targets", List.of(Map.of("objective", "DELIVERY", "target", target)));
	}

	String create(String uri, Map<String, ?> body) {
		return post(uri, body).get("id").asString();
	}

	JsonNode post(String uri, Map<String, ?> body) {
		return json(this.api.provider().post().uri(uri).body(body).exchange().expectStatus().isCreated());
	}

	JsonNode read(String uri) {
		return json(get(uri).expectStatus().isOk());
	}

	RestTestClient.ResponseSpec get(String uri) {
		return this.api.provider().get().uri(uri).exchange();
	}

	/** Changes what is there in the version that is there. */
	void change(String uri, Map<String, ?> body) {
		patch(uri, Optional.of(etag(uri)), body).expectStatus().isOk();
	}

	RestTestClient.ResponseSpec patch(String uri, Optional<String> etag, Map<String, ?> body) {
		return this.api.provider()
			.patch()
			.uri(uri)
			.headers((headers) -> etag.ifPresent((tag) -> headers.set(HttpHeaders.IF_MATCH, tag)))
			.body(body)
			.exchange();
	}

	String etag(String uri) {
		return Optional.ofNullable(get(uri).returnResult(JsonNode.class).getResponseHeaders().getETag()).orElseThrow();
	}

	static JsonNode json(RestTestClient.ResponseSpec answer) {
		return Objects.requireNonNull(answer.returnResult(JsonNode.class).getResponseBody());
	}

	/** The types of all events about a subject, in order. */
	List<String> types(String subject) {
		return this.jdbc.sql("SELECT type FROM event_log WHERE subject = ? ORDER BY position")
			.param(subject)
			.query((row, index) -> row.getString(1))
			.list();
	}

	int count(String sql) {
		return this.jdbc.sql(sql).query(Integer.class).single();
	}

}
