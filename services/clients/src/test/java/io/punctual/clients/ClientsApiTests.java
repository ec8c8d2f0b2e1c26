package io.punctual.clients;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.micrometer.core.instrument.MeterRegistry;
import io.punctual.testing.ContractCheck;
import io.punctual.testing.ListedMeters;
import io.punctual.testing.RefusedChanges;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The story of a client, told over HTTP: registered, promised something, reachable.
 */
class ClientsApiTests extends ClientsScenario {

	@Autowired
	private ContractCheck contract;

	@Test
	void theServiceOffersWhatTheDocumentSays() {
		this.contract.everyOperationIsImplemented("clients");
	}

	@Test
	void everyChangeThatIsRefusedIsInTheAudit() {
		assertThat(RefusedChanges.tryEach(this.api, "clients"))
			.contains("DELETE /v1/clients/{clientId}/credentials/{credentialId}");
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
		assertThat(types(endpoint.get("id").asString())).containsExactly("endpoint.upserted",
				"endpoint.verification_requested");
		assertThat(types(client)).containsExactly("client.upserted", "entitlement.granted", "agreement.assigned");
		String secret = endpoint.get("secret").asString().substring("whsec_".length());
		assertThat(this.jdbc.sql("SELECT data FROM event_log").query(String.class).list())
			.noneMatch((data) -> String.valueOf(data).contains(secret));
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
					/v1/calendars  | {"name":"x","definition":{"zone":"ical4j-local-7","weekly":{"MON":["09:00-17:00"]}}} | 422 | validation | /definition/zone
					/v1/calendars  | {"name":"x","definition":{"zone":"Europe/London","weekly":{"MON":["25:00-26:00"]}}} | 422 | validation | /definition/weekly/MON/0
					/v1/calendars  | {"name":"x","definition":{"zone":"Europe/London","weekly":{"MON":[null]}}} | 422 | validation | /definition/weekly/MON/0
					/v1/calendars  | {"name":"x","definition":{"zone":"Europe/London","weekly":{"MON":null}}} | 422 | validation | /definition/weekly/MON
					/v1/calendars  | {"name":"x","definition":{"zone":"Europe/London","weekly":{"MON":["09:00-17:00"]},"exceptions":{"2026-12-25":null}}} | 422 | validation | /definition/exceptions/2026-12-25
					/v1/calendars/cal_00000000000000000000000247/versions | {"zone":"Europe/London","weekly":{"MON":["09:00-17:00"]}} | 422 | validation | calendarId
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
	void anAgreementMayRequireTheFeedAndMail() {
		String calendar = create("/v1/calendars", Map.of("name", "feed", "definition",
				Map.of("zone", "UTC", "weekly", Map.of("MON", List.of("09:00-17:00")))));
		this.api.provider()
			.post()
			.uri("/v1/agreements")
			.body(agreement(calendar,
					Map.of("required", List.of("MAIL", "FEED"), "rule", "ALL", "mail", "ACKNOWLEDGED")))
			.exchange()
			.expectStatus()
			.isCreated()
			.expectBody()
			.jsonPath("$.channels.mail")
			.isEqualTo("ACKNOWLEDGED");
		this.api.provider()
			.post()
			.uri("/v1/agreements")
			.body(agreement(calendar, Map.of("required", List.of("WEBHOOK"), "rule", "ANY", "mail", "DELIVERED")))
			.exchange()
			.expectStatus()
			.isEqualTo(422)
			.expectBody()
			.jsonPath("$.errors[0].field")
			.isEqualTo("/terms/channels/mail");
	}

	private static Map<String, Object> agreement(String calendar, Map<String, Object> channels) {
		return Map.of("name", "Channels", "terms", Map.of("calendarId", calendar, "channels", channels, "targets",
				List.of(Map.of("objective", "DELIVERY", "target", "PT5M"))));
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
		assertThat(new String(body, StandardCharsets.UTF_8)).contains(client, "contact.upserted", "\"mailbox\":\"v1.")
			.doesNotContain("ada@example.com");
	}

}
