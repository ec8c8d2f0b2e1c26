package io.punctual.sla.clock;

import java.util.List;
import java.util.Set;

import io.punctual.shared.contract.ClientUpserted;
import io.punctual.shared.contract.EndpointUpserted;
import io.punctual.shared.events.Event;
import io.punctual.shared.events.EventSubscriber;
import io.punctual.shared.time.DatabaseTime;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Keeps the clients' names, who only watches the system, until when each was a client,
 * and which endpoints it has.
 */
@Component
class ClientsSubscriber implements EventSubscriber {

	private final JdbcClient jdbc;

	ClientsSubscriber(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	@Override
	public String source() {
		return "clients";
	}

	@Override
	public Set<String> types() {
		return Set.of(ClientUpserted.TYPE, EndpointUpserted.TYPE);
	}

	@Override
	public Set<String> ignores() {
		// The terms that count travel with what is owed; credentials are the shared
		// library's.
		return Set.of("contact.upserted", "contact.removed", "endpoint.verification_requested",
				"endpoint.test_requested", "credential.upserted", "component.upserted");
	}

	@Override
	public void apply(List<Event> events) {
		for (Event event : events) {
			if (ClientUpserted.TYPE.equals(event.type())) {
				client(event, event.data(ClientUpserted.class));
			}
			else {
				endpoint(event.data(EndpointUpserted.class));
			}
		}
	}

	private void client(Event event, ClientUpserted client) {
		boolean removed = client.state() == ClientUpserted.State.REMOVED;
		// The first removal counts until it becomes a client again.
		this.jdbc.sql("""
				INSERT INTO client (client_id, external_id, name, synthetic, removed_at)
				VALUES (:id, :external, :name, :synthetic, :removed)
				ON DUPLICATE KEY UPDATE external_id = VALUES(external_id), name = VALUES(name),
				  synthetic = VALUES(synthetic),
				  removed_at = IF(VALUES(removed_at) IS NULL, NULL, COALESCE(removed_at, VALUES(removed_at)))""")
			.param("id", client.clientId())
			.param("external", client.externalId())
			.param("name", client.name())
			.param("synthetic", client.synthetic())
			.param("removed", nullable(removed ? DatabaseTime.toColumn(event.time()) : null))
			.update();
	}

	private void endpoint(EndpointUpserted endpoint) {
		this.jdbc.sql("""
				INSERT INTO endpoint (endpoint_id, client_id, verified) VALUES (?, ?, ?)
				ON DUPLICATE KEY UPDATE verified = VALUES(verified)""")
			.params(endpoint.endpointId(), endpoint.clientId(), endpoint.state() == EndpointUpserted.State.VERIFIED)
			.update();
	}

	@SuppressWarnings("NullAway") // JdbcClient takes null values, its signature does not
									// say so
	private static Object nullable(@Nullable Object value) {
		return value;
	}

}
