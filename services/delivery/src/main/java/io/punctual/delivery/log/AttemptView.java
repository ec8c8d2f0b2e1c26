package io.punctual.delivery.log;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * An attempt as the API shows it: the evidence.
 *
 * @param recipient the address of a mail, until its contact is removed
 */
record AttemptView(String attemptId, int number, Instant startedAt, Instant endedAt, String url,
		@Nullable String address, String requestSha256, @Nullable Integer status, @Nullable String side,
		@Nullable String error, @Nullable String responseHeaders, @Nullable String responseBody, String correlationId,
		@Nullable String recipient) {
}
