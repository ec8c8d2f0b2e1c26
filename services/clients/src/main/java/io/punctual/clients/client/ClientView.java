package io.punctual.clients.client;

import java.time.Instant;

/**
 * A client as callers see it.
 */
record ClientView(String id, String externalId, String name, ClientState state, boolean synthetic, Instant createdAt,
		Instant updatedAt) {
}
