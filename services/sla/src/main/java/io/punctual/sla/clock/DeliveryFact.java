package io.punctual.sla.clock;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What is known of one delivery.
 *
 * @param firstAttemptAt when its first attempt started, known once one failed
 * @param recipientFailedAt when it first failed on the recipient's side
 * @param providerFailedAt when it first failed on the provider's side
 * @param outcome how it ended, if it did
 */
public record DeliveryFact(String deliveryId, String obligationId, @Nullable String endpointId,
		@Nullable Instant firstAttemptAt, @Nullable Instant recipientFailedAt, @Nullable Instant providerFailedAt,
		@Nullable String outcome, @Nullable Instant settledAt, @Nullable Integer attempts, @Nullable String reason) {
}
