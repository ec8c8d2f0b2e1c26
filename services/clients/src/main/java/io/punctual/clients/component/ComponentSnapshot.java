package io.punctual.clients.component;

import java.time.Instant;
import java.util.function.Consumer;

import io.punctual.shared.contract.ComponentUpserted;
import io.punctual.shared.events.NewEvent;
import io.punctual.shared.events.SnapshotSource;
import io.punctual.shared.time.DatabaseClock;

import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The components, for readers that come late.
 */
@Component
@Order(1)
class ComponentSnapshot implements SnapshotSource {

	private final JdbcClient jdbc;

	private final DatabaseClock clock;

	ComponentSnapshot(JdbcClient jdbc, DatabaseClock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
	}

	@Override
	public void writeTo(Consumer<NewEvent> out) {
		Instant now = this.clock.now();
		this.jdbc.sql("SELECT id, name, state FROM component ORDER BY id")
			.query((row, index) -> new ComponentUpserted(row.getString(1), row.getString(2),
					ComponentUpserted.State.valueOf(row.getString(3))))
			.list()
			.forEach((component) -> out
				.accept(new NewEvent(ComponentUpserted.TYPE, component.componentId(), now, component)));
	}

}
