package io.punctual.clients.client;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.function.Consumer;

import io.punctual.shared.contract.ClientUpserted;
import io.punctual.shared.contract.EntitlementGranted;
import io.punctual.shared.events.NewEvent;
import io.punctual.shared.events.SnapshotSource;
import io.punctual.shared.time.DatabaseClock;
import io.punctual.shared.time.DatabaseTime;

import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The clients and what they use, for readers that come late. Removed ones are told too: a
 * reader may still know them as active.
 */
@Component
@Order(2)
class ClientSnapshot implements SnapshotSource {

	private final JdbcClient jdbc;

	private final DatabaseClock clock;

	ClientSnapshot(JdbcClient jdbc, DatabaseClock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
	}

	@Override
	public void writeTo(Consumer<NewEvent> out) {
		Instant now = this.clock.now();
		this.jdbc.sql("SELECT id, external_id, name, state, synthetic FROM client ORDER BY id")
			.query((row, index) -> new ClientUpserted(row.getString(1), row.getString(2), row.getString(3),
					ClientUpserted.State.valueOf(row.getString(4)), row.getBoolean(5)))
			.list()
			.forEach((client) -> out.accept(new NewEvent(ClientUpserted.TYPE, client.clientId(), now, client)));
		this.jdbc.sql("SELECT client_id, component_id, effective_at FROM entitlement ORDER BY client_id, component_id")
			.query((row, index) -> new EntitlementGranted(row.getString(1), row.getString(2),
					DatabaseTime.fromColumn(row.getObject(3, LocalDateTime.class))))
			.list()
			.forEach((granted) -> out.accept(new NewEvent(EntitlementGranted.TYPE, granted.clientId(), now, granted)));
	}

}
