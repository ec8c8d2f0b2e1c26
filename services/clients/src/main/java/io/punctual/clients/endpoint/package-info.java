/**
 * Webhook endpoints, their challenge and their secrets.
 */
@NullMarked
package io.punctual.clients.endpoint;

import org.jspecify.annotations.NullMarked;
