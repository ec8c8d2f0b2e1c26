package io.punctual.delivery.retry;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * When a failed attempt was made, and when the receiver asked to be tried again.
 *
 * @param start its start
 * @param end its end
 * @param retryAfter the instant that {@code Retry-After} named, or null
 */
public record AttemptTimes(Instant start, Instant end, @Nullable Instant retryAfter) {
}
