/**
 * Requests that may be repeated: one effect, the same answer.
 */
@NullMarked
package io.punctual.shared.idempotency;

import org.jspecify.annotations.NullMarked;
