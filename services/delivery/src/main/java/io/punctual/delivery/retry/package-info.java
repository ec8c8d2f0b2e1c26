/**
 * When to try again: pure functions that know the promise.
 */
@NullMarked
package io.punctual.delivery.retry;

import org.jspecify.annotations.NullMarked;
