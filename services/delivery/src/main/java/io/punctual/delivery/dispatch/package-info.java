/**
 * The endpoint queue: who may send, what is sent next, and how its result is kept.
 */
@NullMarked
package io.punctual.delivery.dispatch;

import org.jspecify.annotations.NullMarked;
