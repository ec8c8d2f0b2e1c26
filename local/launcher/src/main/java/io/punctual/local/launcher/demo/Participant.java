package io.punctual.local.launcher.demo;

import io.punctual.local.launcher.api.Api;

/**
 * A client that is registered: its role, its id, and what it runs itself.
 *
 * @param role the role
 * @param clientId the client's id
 * @param credentialId the credential it calls with
 * @param endpointId its webhook endpoint, or its contact
 * @param receiver its receiver, or its mailbox
 * @param api its own way into the API, with its own token
 */
record Participant(Role role, String clientId, String credentialId, String endpointId, Arrivals receiver, Api api) {
}
