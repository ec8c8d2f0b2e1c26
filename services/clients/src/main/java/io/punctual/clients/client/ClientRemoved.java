package io.punctual.clients.client;

/**
 * Says inside the transaction that a client is one no longer.
 *
 * @param clientId the client
 */
public record ClientRemoved(String clientId) {
}
