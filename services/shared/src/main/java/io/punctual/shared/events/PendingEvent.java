package io.punctual.shared.events;

/**
 * An event of a transaction that has not ended, written as JSON already: nothing slow is
 * left to do under the lock.
 */
record PendingEvent(NewEvent event, String correlationId, String json) {
}
