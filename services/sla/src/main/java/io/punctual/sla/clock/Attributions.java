package io.punctual.sla.clock;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import io.punctual.shared.contract.ClockJudged.Attribution;

/**
 * Whose miss a breach is: the recipient's only if an attempt started within the budget,
 * every attempt until due failed on the recipient's side, and each of its other verified
 * endpoints was tried as well. In doubt it is the provider's.
 */
final class Attributions {

	private Attributions() {
	}

	static Miss judge(Clock clock, List<DeliveryFact> deliveries, Set<String> verifiedEndpoints) {
		return switch (clock.objective()) {
			case FIRST_UPDATE, PERIODIC_UPDATE -> new Miss(Attribution.PROVIDER, "Nothing was published in time.");
			case NOTICE_PERIOD -> new Miss(Attribution.PROVIDER, "The maintenance was announced too late.");
			case ACKNOWLEDGEMENT -> new Miss(Attribution.RECIPIENT, "Nobody acknowledged in time.");
			case DELIVERY -> delivery(clock.dueAt(), deliveries, verifiedEndpoints);
		};
	}

	private static Miss delivery(Instant due, List<DeliveryFact> deliveries, Set<String> verifiedEndpoints) {
		List<DeliveryFact> tried = deliveries.stream()
			.filter((fact) -> fact.firstAttemptAt() != null && !fact.firstAttemptAt().isAfter(due))
			.toList();
		if (tried.isEmpty()) {
			String reason = deliveries.stream()
				.map(DeliveryFact::reason)
				.filter(Objects::nonNull)
				.findFirst()
				.orElse("no attempt is known");
			return new Miss(Attribution.PROVIDER, "No attempt failed on the recipient's side in time: " + reason + ".");
		}
		DeliveryFact last = tried.getLast();
		for (DeliveryFact fact : tried) {
			if (fact.providerFailedAt() != null && !fact.providerFailedAt().isAfter(due)) {
				return new Miss(Attribution.PROVIDER, "An attempt failed on our side: " + fact.reason() + ".");
			}
		}
		Set<String> untried = new HashSet<>(verifiedEndpoints);
		tried.forEach((fact) -> untried.remove(fact.endpointId()));
		if (!untried.isEmpty()) {
			return new Miss(Attribution.PROVIDER,
					"The receiver failed (" + last.reason() + "), and another endpoint of the client was not tried.");
		}
		return new Miss(Attribution.RECIPIENT, "Every attempt failed at the receiver: " + last.reason() + ".");
	}

	/**
	 * Whose miss, and why.
	 */
	record Miss(Attribution attribution, String cause) {
	}

}
