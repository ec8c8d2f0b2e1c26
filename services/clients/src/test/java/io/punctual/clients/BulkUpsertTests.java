package io.punctual.clients;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients by the thousand, in one request.
 */
class BulkUpsertTests extends ClientsScenario {

	@Test
	void tenThousandClientsAreUpsertedAtOnceAllOrNone() {
		List<Map<String, Object>> items = new ArrayList<>();
		for (int i = 0; i < 10_000; i++) {
			items.add(Map.of("externalId", "bulk-" + i, "name", "Bulk " + i));
		}
		assertThat(bulk(items).get("created").asInt()).isEqualTo(10_000);
		assertThat(bulk(items).get("unchanged").asInt()).isEqualTo(10_000);
		items.set(7, Map.of("externalId", "bulk-7", "name", "Renamed"));
		items.set(9_999, Map.of("externalId", "not a key", "name", "X"));
		assertThat(bulk(items, 422).get("errors").get(0).get("field").asString()).isEqualTo("/clients/9999/externalId");
		assertThat(count("SELECT COUNT(*) FROM client WHERE name = 'Renamed'")).isZero();
		assertThat(count("SELECT COUNT(*) FROM event_log WHERE type = 'client.upserted' AND data LIKE '%\"bulk-%'"))
			.isEqualTo(10_000);
	}

	@Test
	void aRepeatedBulkUpsertChangesNothing() {
		String component = create("/v1/components", Map.of("name", "bulk component"));
		String agreement = agreement("Bulk", "PT1M");
		List<Map<String, Object>> items = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			items.add(Map.of("externalId", "again-" + i, "name", "Again " + i, "components", List.of(component),
					"agreementId", agreement));
		}
		JsonNode first = bulk(items);
		String client = first.at("/items/0/clientId").asString();
		assertThat(first.get("created").asInt()).isEqualTo(3);
		assertThat(types(client)).containsExactly("client.upserted", "entitlement.granted", "agreement.assigned");
		JsonNode effectiveAt = read("/v1/clients/" + client + "/components").at("/items/0/effectiveAt");
		assertThat(bulk(items).get("unchanged").asInt()).isEqualTo(3);
		assertThat(types(client)).hasSize(3);
		assertThat(read("/v1/clients/" + client + "/components").at("/items/0/effectiveAt")).isEqualTo(effectiveAt);
		String other = create("/v1/components", Map.of("name", "another component"));
		items.set(0, Map.of("externalId", "again-0", "name", "Again 0", "components", List.of(component, other)));
		assertThat(bulk(items).get("updated").asInt()).isEqualTo(1);
		assertThat(types(client)).containsExactly("client.upserted", "entitlement.granted", "agreement.assigned",
				"entitlement.granted");
	}

	@Test
	void tenThousandClientsComeWithTheirComponentsAndAgreement() {
		String component = create("/v1/components", Map.of("name", "for everybody"));
		String agreement = agreement("Everybody", "PT1M");
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

	private JsonNode bulk(List<Map<String, Object>> items) {
		return bulk(items, 200);
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

}
