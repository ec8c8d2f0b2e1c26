package io.punctual.delivery.log;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A delivery as the API shows it.
 */
record DeliveryView(String deliveryId, String obligationId, String clientId, String noticeId, String updateId,
		String endpointId, String channel, long clientSeq, boolean fallback, String state, @Nullable String reason,
		Instant startedAt, @Nullable Instant dueAt, int attempts, @Nullable Instant firstAttemptAt,
		@Nullable Instant lastAttemptAt, @Nullable Instant nextAttemptAt, @Nullable Instant settledAt) {
}
