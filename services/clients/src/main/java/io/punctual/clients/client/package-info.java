/**
 * Clients, their entitlements and the agreement in force.
 */
@NullMarked
package io.punctual.clients.client;

import org.jspecify.annotations.NullMarked;
