/**
 * The signed message and the way it is sent.
 */
@NullMarked
package io.punctual.delivery.webhook;

import org.jspecify.annotations.NullMarked;
