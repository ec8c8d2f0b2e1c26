/**
 * A request's way through the gateway: routing, the steps, answers and errors.
 */
@NullMarked
package io.punctual.local.edge.gateway;

import org.jspecify.annotations.NullMarked;
