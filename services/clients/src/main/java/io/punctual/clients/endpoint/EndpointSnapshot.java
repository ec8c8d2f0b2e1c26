package io.punctual.clients.endpoint;

import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

import io.punctual.shared.contract.EndpointUpserted;
import io.punctual.shared.events.NewEvent;
import io.punctual.shared.events.SnapshotSource;
import io.punctual.shared.time.DatabaseClock;

import org.springframework.core.annotation.Order;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;

/**
 * The endpoints, for readers that come late.
 */
@Component
@Order(4)
class EndpointSnapshot implements SnapshotSource {

	private static final int PAGE = 500;

	private final EndpointRepository endpoints;

	private final DatabaseClock clock;

	EndpointSnapshot(EndpointRepository endpoints, DatabaseClock clock) {
		this.endpoints = endpoints;
		this.clock = clock;
	}

	@Override
	public void writeTo(Consumer<NewEvent> out) {
		Instant now = this.clock.now();
		List<Endpoint> page = this.endpoints.all("", Limit.of(PAGE));
		while (!page.isEmpty()) {
			page.forEach((endpoint) -> out
				.accept(new NewEvent(EndpointUpserted.TYPE, endpoint.id(), now, endpoint.event())));
			page = this.endpoints.all(page.getLast().id(), Limit.of(PAGE));
		}
	}

}
