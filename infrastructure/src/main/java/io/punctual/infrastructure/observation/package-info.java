/**
 * Are we keeping our promises, and if not, why: dashboard, alarms, what is read from
 * logs, the canary.
 */
@NullMarked
package io.punctual.infrastructure.observation;

import org.jspecify.annotations.NullMarked;
