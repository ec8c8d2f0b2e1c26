package io.punctual.delivery.endpoint;

import java.util.Optional;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.punctual.shared.release.UngatedWork;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Says whether anybody is told of escalations. It is no part of readiness: updates go out
 * without.
 */
@Component
class OnCallHealthIndicator extends AbstractHealthIndicator {

	private final OnCall onCall;

	private volatile double targets = Double.NaN;

	OnCallHealthIndicator(OnCall onCall, MeterRegistry registry) {
		this.onCall = onCall;
		Gauge.builder("punctual.oncall.targets", this, (health) -> health.targets)
			.description("Endpoints and contacts that are told of escalations; 0: nobody is")
			.register(registry);
	}

	@UngatedWork("it only counts")
	@Scheduled(fixedDelay = 15_000)
	void measure() {
		try {
			this.targets = this.onCall.reachable().map(OnCall.Reachable::targets).orElse(0);
		}
		catch (RuntimeException ex) {
			// No number is better than an old one.
			this.targets = Double.NaN;
		}
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		Optional<OnCall.Reachable> reachable = this.onCall.reachable();
		if (reachable.isEmpty()) {
			builder.unknown().withDetail("reason", "nobody is told of escalations");
			return;
		}
		builder.up()
			.withDetail("clientId", reachable.get().clientId())
			.withDetail("webhooks", reachable.get().webhooks().size())
			.withDetail("contacts", reachable.get().contacts().size());
	}

}
