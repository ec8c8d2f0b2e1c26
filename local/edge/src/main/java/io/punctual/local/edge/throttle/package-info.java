/**
 * Throttles, usage plans, quotas and API keys.
 */
@NullMarked
package io.punctual.local.edge.throttle;

import org.jspecify.annotations.NullMarked;
