package io.punctual.notices.support;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.punctual.shared.id.Ids;

/**
 * Tells the story of clients as {@code clients} would: by its log.
 */
public final class ClientsWorld {

	private static final Map<String, List<String>> ALWAYS = Map.of("MON", List.of("00:00-24:00"), "TUE",
			List.of("00:00-24:00"), "WED", List.of("00:00-24:00"), "THU", List.of("00:00-24:00"), "FRI",
			List.of("00:00-24:00"), "SAT", List.of("00:00-24:00"), "SUN", List.of("00:00-24:00"));

	private final SourceLog log;

	public ClientsWorld(SourceLog log) {
		this.log = log;
	}

	public String component(String name) {
		String id = Ids.next("cmp");
		this.log.append("component.upserted", id, Map.of("componentId", id, "name", name, "state", "ACTIVE"));
		return id;
	}

	public String client(String name) {
		String id = Ids.next("cli");
		this.log.append("client.upserted", id, Map.of("clientId", id, "externalId", "crm-" + name, "name", name,
				"state", "ACTIVE", "synthetic", false));
		return id;
	}

	public void removed(String clientId, String name) {
		this.log.append("client.upserted", clientId, Map.of("clientId", clientId, "externalId", "crm-" + name, "name",
				name, "state", "REMOVED", "synthetic", false));
	}

	public String endpoint(String clientId) {
		return endpoint(clientId, Map.of("kinds", List.of(), "severities", List.of(), "components", List.of()));
	}

	public String endpoint(String clientId, Map<String, List<String>> filter) {
		String id = Ids.next("end");
		this.log.append("endpoint.upserted", id,
				Map.of("endpointId", id, "clientId", clientId, "url", "https://example.com/hook", "state", "VERIFIED",
						"filter", filter, "ratePerSecond", 10, "secrets", List.of()));
		return id;
	}

	public void entitled(String clientId, String componentId, Instant effectiveAt) {
		this.log.append("entitlement.granted", clientId,
				Map.of("clientId", clientId, "componentId", componentId, "effectiveAt", effectiveAt.toString()));
	}

	public void entitled(String clientId, String componentId) {
		entitled(clientId, componentId, Instant.now().minusSeconds(3600));
	}

	public void notEntitled(String clientId, String componentId) {
		this.log.append("entitlement.revoked", clientId, Map.of("clientId", clientId, "componentId", componentId));
	}

	public Map<String, Object> agreement(String name, String deliveryTarget) {
		return Map.of("agreementId", Ids.next("agr"), "version", 1, "name", name, "calendar",
				Map.of("calendarId", Ids.next("cal"), "version", 1, "definition",
						Map.of("zone", "Etc/UTC", "weekly", ALWAYS, "exceptions", Map.of())),
				"channels", Map.of("required", List.of("WEBHOOK"), "rule", "ANY"), "targets",
				List.of(Map.of("objective", "DELIVERY", "target", deliveryTarget),
						Map.of("objective", "FIRST_UPDATE", "target", "PT15M")),
				"countsRecipientMiss", false);
	}

	public void promised(String clientId, Map<String, Object> agreement) {
		this.log.append("agreement.assigned", clientId, Map.of("clientId", clientId, "agreement", agreement,
				"effectiveAt", Instant.now().minusSeconds(3600).toString()));
	}

}
