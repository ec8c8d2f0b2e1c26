package io.punctual.clients;

import java.util.List;
import java.util.Map;

import io.punctual.shared.contract.AuditRecorded;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpMethod;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Changes and removals of everything that a client has, each of which leaves its entry in
 * the audit: every exchange is checked for that.
 */
class ActsTests extends ClientsScenario {

	private static final String CLIENT = "/v1/clients/";

	@Test
	void contactsAndComponentsAreChangedAndTakenAway() {
		String client = id(send(HttpMethod.POST, "/v1/clients", null, Map.of("externalId", "acts", "name", "Acts")));
		String contact = id(send(HttpMethod.POST, CLIENT + client + "/contacts", null,
				Map.of("name", "Ada", "email", "ada@example.com")));
		String path = CLIENT + client + "/contacts/" + contact;
		String version = tag(path);
		send(HttpMethod.PATCH, path, version, Map.of("name", "Ada L."));
		send(HttpMethod.DELETE, path, null, null);
		String component = id(send(HttpMethod.POST, "/v1/components", null, Map.of("name", "acts")));
		send(HttpMethod.PATCH, "/v1/components/" + component, tag("/v1/components/" + component),
				Map.of("name", "acts renamed"));
		send(HttpMethod.PUT, CLIENT + client + "/components/" + component, null, null);
		send(HttpMethod.DELETE, CLIENT + client + "/components/" + component, null, null);
		assertThat(actions(contact)).containsExactly("POST /v1/clients/{clientId}/contacts",
				"PATCH /v1/clients/{clientId}/contacts/{contactId}",
				"DELETE /v1/clients/{clientId}/contacts/{contactId}");
		assertThat(actions(client)).hasSize(6);
	}

	@Test
	void endpointsAreChangedTriedAndTakenAway() {
		String client = id(send(HttpMethod.POST, "/v1/clients", null, Map.of("externalId", "tried", "name", "Tried")));
		String endpoint = id(send(HttpMethod.POST, CLIENT + client + "/endpoints", null,
				Map.of("url", "https://hooks.example.com/acts")));
		String path = "/v1/endpoints/" + endpoint;
		send(HttpMethod.PATCH, path, tag(path), Map.of("ratePerSecond", 7));
		send(HttpMethod.POST, path + "/verify", null, null);
		send(HttpMethod.DELETE, path, null, null);
		assertThat(actions(endpoint)).containsExactly("POST /v1/clients/{clientId}/endpoints",
				"PATCH /v1/endpoints/{endpointId}", "POST /v1/endpoints/{endpointId}/verify",
				"DELETE /v1/endpoints/{endpointId}");
		assertThat(actions(client)).contains("DELETE /v1/endpoints/{endpointId}");
	}

	@Test
	void calendarsAndAgreementsGetFurtherVersions() {
		Map<String, ?> week = Map.of("zone", "UTC", "weekly", Map.of("MON", List.of("09:00-17:00")));
		JsonNode made = send(HttpMethod.POST, "/v1/calendars", null, Map.of("name", "acts", "definition", week));
		String calendar = made.get("id").asString();
		send(HttpMethod.POST, "/v1/calendars/" + calendar + "/versions", tag("/v1/calendars/" + calendar), week);
		Map<String, ?> terms = Map.of("calendarId", calendar, "targets",
				List.of(Map.of("objective", "DELIVERY", "target", "PT5M")));
		String agreement = send(HttpMethod.POST, "/v1/agreements", null, Map.of("name", "acts", "terms", terms))
			.get("agreementId")
			.asString();
		send(HttpMethod.POST, "/v1/agreements/" + agreement + "/versions", tag("/v1/agreements/" + agreement), terms);
		assertThat(actions(calendar)).containsExactly("POST /v1/calendars", "POST /v1/calendars/{calendarId}/versions");
		assertThat(actions(agreement)).containsExactly("POST /v1/agreements",
				"POST /v1/agreements/{agreementId}/versions");
	}

	private JsonNode send(HttpMethod method, String path, @Nullable String version, @Nullable Map<String, ?> body) {
		RestTestClient.RequestBodySpec request = this.api.provider().method(method).uri(path);
		if (version != null) {
			request.header("If-Match", version);
		}
		byte[] answer = ((body != null) ? request.body(body) : request).exchange()
			.expectStatus()
			.is2xxSuccessful()
			.expectBody()
			.returnResult()
			.getResponseBody();
		return (answer != null && answer.length > 0) ? JsonMapper.shared().readTree(answer)
				: JsonMapper.shared().createObjectNode();
	}

	private static String id(JsonNode made) {
		return made.get("id").asString();
	}

	private String tag(String path) {
		return String
			.valueOf(this.api.provider().get().uri(path).exchange().returnResult().getResponseHeaders().getETag());
	}

	private List<String> actions(String about) {
		return this.jdbc.sql("SELECT data FROM event_log WHERE type = 'audit.recorded' ORDER BY position")
			.query(String.class)
			.list()
			.stream()
			.map((data) -> JsonMapper.shared().readValue(String.valueOf(data), AuditRecorded.class))
			.filter((entry) -> entry.about().contains(about))
			.map(AuditRecorded::action)
			.toList();
	}

}
