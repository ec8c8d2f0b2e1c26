package io.punctual.clients.client;

/**
 * Whether it is still a client.
 */
public enum ClientState {

	ACTIVE, REMOVED

}
