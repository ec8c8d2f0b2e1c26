package io.punctual.shared.events;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * How far a source's log has been applied.
 *
 * @param source the source
 * @param epoch whose position it is; null before the first page
 * @param pos the last position applied
 * @param asOf the instant up to which all is applied
 * @param parked how many events are parked
 */
record InboxCursor(String source, @Nullable String epoch, long pos, Instant asOf, long parked) {
}
