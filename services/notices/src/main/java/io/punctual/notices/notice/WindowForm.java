package io.punctual.notices.notice;

import java.time.Instant;

import jakarta.validation.constraints.NotNull;

/**
 * A request for a time at which maintenance takes place.
 */
record WindowForm(@NotNull Instant start, @NotNull Instant end) {
}
