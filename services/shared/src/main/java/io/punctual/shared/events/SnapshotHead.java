package io.punctual.shared.events;

import java.time.Instant;

/**
 * The first line of a snapshot.
 */
record SnapshotHead(String epoch, long position, Instant asOf) {
}
