package io.punctual.notices.audience;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.punctual.shared.events.Event;
import io.punctual.shared.events.EventSubscriber;

import org.springframework.stereotype.Component;

/**
 * Keeps the replica of {@code clients}. Each event states a whole row, so of several
 * about one row the last one counts, and a run of events becomes a batch per table.
 */
@Component
class ClientsSubscriber implements EventSubscriber {

	private final Replica replica;

	private final GrantListener grants;

	ClientsSubscriber(Replica replica, GrantListener grants) {
		this.replica = replica;
		this.grants = grants;
	}

	@Override
	public String source() {
		return "clients";
	}

	@Override
	public Set<String> types() {
		return Set.of("client.upserted", "component.upserted", "endpoint.upserted", "entitlement.granted",
				"entitlement.revoked", "agreement.assigned");
	}

	@Override
	public Set<String> ignores() {
		// Credentials are the shared library's; addresses, challenges and tests are
		// delivery's.
		return Set.of("contact.upserted", "contact.removed", "endpoint.verification_requested",
				"endpoint.test_requested", "credential.upserted");
	}

	@Override
	public void startSnapshot() {
		this.replica.clear();
	}

	@Override
	public void apply(List<Event> events) {
		Map<String, ClientFacts.Client> clients = new LinkedHashMap<>();
		Map<String, ClientFacts.Component> components = new LinkedHashMap<>();
		Map<String, ClientFacts.Endpoint> endpoints = new LinkedHashMap<>();
		Map<String, Grant> granted = new LinkedHashMap<>();
		Map<String, Grant> revoked = new LinkedHashMap<>();
		List<ClientFacts.Assignment> agreements = new ArrayList<>();
		for (Event event : events) {
			switch (event.type()) {
				case "client.upserted" -> {
					ClientFacts.Client client = event.data(ClientFacts.Client.class);
					clients.put(client.clientId(), client);
				}
				case "component.upserted" -> {
					ClientFacts.Component component = event.data(ClientFacts.Component.class);
					components.put(component.componentId(), component);
				}
				case "endpoint.upserted" -> {
					ClientFacts.Endpoint endpoint = event.data(ClientFacts.Endpoint.class);
					endpoints.put(endpoint.endpointId(), endpoint);
				}
				case "entitlement.granted" -> move(event, revoked, granted);
				case "entitlement.revoked" -> move(event, granted, revoked);
				case "agreement.assigned" -> agreements.add(event.data(ClientFacts.Assignment.class));
				default -> throw new IllegalArgumentException("Not subscribed to " + event.type());
			}
		}
		this.replica.putClients(clients.values());
		this.replica.putComponents(components.values());
		this.replica.putEndpoints(endpoints.values());
		this.replica.putAgreements(agreements);
		this.replica.removeEntitlements(revoked.values());
		this.replica.putEntitlements(granted.values());
		if (!granted.isEmpty()) {
			this.grants.granted(List.copyOf(granted.values()));
		}
	}

	private static void move(Event event, Map<String, Grant> from, Map<String, Grant> to) {
		ClientFacts.Entitlement entitlement = event.data(ClientFacts.Entitlement.class);
		String key = entitlement.clientId() + '/' + entitlement.componentId();
		Instant effectiveAt = (entitlement.effectiveAt() != null) ? entitlement.effectiveAt() : event.time();
		from.remove(key);
		to.put(key, new Grant(entitlement.clientId(), entitlement.componentId(), effectiveAt, event.time()));
	}

}
