/**
 * Carries a request to what stands behind the gateway.
 */
@NullMarked
package io.punctual.local.edge.integration;

import org.jspecify.annotations.NullMarked;
