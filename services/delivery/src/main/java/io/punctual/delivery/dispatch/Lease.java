package io.punctual.delivery.dispatch;

import io.punctual.delivery.dispatch.Slots.Slot;

/**
 * The right to send to an endpoint, until it is given back or runs out.
 *
 * @param token fences what is written under it
 * @param wake what the queue's counter was when it was taken
 * @param failing whether the endpoint failed when last tried
 */
record Lease(String endpointId, String token, long wake, boolean failing, Slot slot) {
}
