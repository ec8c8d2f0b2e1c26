package io.punctual.clients.endpoint;

import java.time.Instant;
import java.util.List;
import java.util.Set;

import io.punctual.shared.contract.EndpointGone;
import io.punctual.shared.contract.EndpointTested;
import io.punctual.shared.contract.EndpointVerificationFailed;
import io.punctual.shared.contract.EndpointVerified;
import io.punctual.shared.events.Event;
import io.punctual.shared.events.EventSubscriber;
import io.punctual.shared.time.DatabaseClock;

import org.springframework.stereotype.Component;

/**
 * Learns from {@code delivery} which endpoints have answered their challenge, and which
 * are gone.
 */
@Component
class EndpointNews implements EventSubscriber {

	private final Endpoints endpoints;

	private final DatabaseClock clock;

	EndpointNews(Endpoints endpoints, DatabaseClock clock) {
		this.endpoints = endpoints;
		this.clock = clock;
	}

	@Override
	public String source() {
		return "delivery";
	}

	@Override
	public Set<String> types() {
		return Set.of(EndpointVerified.TYPE, EndpointVerificationFailed.TYPE, EndpointTested.TYPE, EndpointGone.TYPE);
	}

	@Override
	public Set<String> ignores() {
		return Set.of("deliveries.settled", "deliveries.failing", "obligation.acknowledged");
	}

	@Override
	public void apply(List<Event> events) {
		Instant now = this.clock.now();
		for (Event event : events) {
			switch (event.type()) {
				case EndpointVerified.TYPE -> {
					EndpointVerified verified = event.data(EndpointVerified.class);
					this.endpoints.learn(verified.endpointId(),
							(endpoint) -> endpoint.awaits(verified.verificationId()),
							(endpoint) -> endpoint.verified(verified.verifiedAt(), now));
				}
				case EndpointVerificationFailed.TYPE -> {
					EndpointVerificationFailed failed = event.data(EndpointVerificationFailed.class);
					this.endpoints.learn(failed.endpointId(), (endpoint) -> endpoint.awaits(failed.verificationId()),
							(endpoint) -> endpoint.verificationFailed(failed.reason(), now));
				}
				case EndpointTested.TYPE -> this.endpoints.tested(event.data(EndpointTested.class));
				case EndpointGone.TYPE -> {
					EndpointGone gone = event.data(EndpointGone.class);
					this.endpoints.learn(gone.endpointId(), (endpoint) -> !endpoint.isGone(),
							(endpoint) -> endpoint.gone(now));
				}
				default -> throw new IllegalArgumentException(event.type());
			}
		}
	}

}
