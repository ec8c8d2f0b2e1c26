package io.punctual.shared.events;

/**
 * The last line of a snapshot.
 */
record SnapshotEnd(long count) {
}
