package io.punctual.clients;

import java.util.Map;

import io.punctual.testing.Api;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a client calls with: made, shown once, its own only, taken away.
 */
class CredentialTests extends ClientsScenario {

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

	private static RestTestClient.ResponseSpec keyed(RestTestClient caller, String client, JsonNode credential) {
		return caller.get()
			.uri("/v1/clients/{id}", client)
			.header("X-Api-Key-Id", credential.get("apiKeyId").asString())
			.exchange();
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

}
