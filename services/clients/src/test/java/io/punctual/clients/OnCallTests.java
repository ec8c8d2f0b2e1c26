package io.punctual.clients;

import java.util.Map;

import io.punctual.shared.id.Ids;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Somebody of the provider is told of escalations, or nobody is.
 */
class OnCallTests extends ClientsScenario {

	@Test
	void aSyntheticClientIsOnCallUntilAnotherOneIs() {
		String night = create("/v1/clients", Map.of("externalId", "night", "name", "Night", "synthetic", true));
		RestTestClient.ResponseSpec before = get("/v1/on-call").expectStatus().isOk();
		String tag = String.valueOf(before.returnResult().getResponseHeaders().getETag());
		JsonNode is = json(put(Map.of("clientId", night), tag).expectStatus().isOk());
		assertThat(is.get("clientId").asString()).isEqualTo(night);
		assertThat(read("/v1/on-call")).isEqualTo(is);
		put(Map.of("clientId", night), tag).expectStatus().isEqualTo(412);
		assertThat(told()).isEqualTo("{\"clientId\":\"" + night + "\"}");
		JsonNode nobody = json(put(Map.of(), "*").expectStatus().isOk());
		assertThat(nobody.has("clientId")).isFalse();
		assertThat(told()).isEqualTo("{}");
	}

	@Test
	void whoeverIsPromisedSomethingOrIsNoneCannotBe() {
		String promised = client("promised");
		for (String wrong : new String[] { promised, Ids.next("cli"), "x".repeat(31) }) {
			JsonNode problem = json(put(Map.of("clientId", wrong), "*").expectStatus().isEqualTo(422));
			assertThat(problem.at("/errors/0/field").asString()).isEqualTo("/clientId");
		}
		this.api.providerReader()
			.put()
			.uri("/v1/on-call")
			.contentType(MediaType.APPLICATION_JSON)
			.body(Map.of())
			.exchange()
			.expectStatus()
			.isForbidden();
		this.api.knowCredential("oauth-" + promised, promised);
		this.api.client("oauth-" + promised).get().uri("/v1/on-call").exchange().expectStatus().isForbidden();
	}

	private RestTestClient.ResponseSpec put(Map<String, ?> body, String ifMatch) {
		return this.api.provider()
			.put()
			.uri("/v1/on-call")
			.headers((headers) -> headers.set(HttpHeaders.IF_MATCH, ifMatch))
			.contentType(MediaType.APPLICATION_JSON)
			.body(body)
			.exchange();
	}

	private String told() {
		return this.jdbc.sql(
				"SELECT data FROM event_log WHERE type = 'on_call.changed' AND ignorable ORDER BY position DESC LIMIT 1")
			.query((row, number) -> row.getString(1))
			.single();
	}

}
