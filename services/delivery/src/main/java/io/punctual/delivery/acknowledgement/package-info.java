/**
 * Somebody took note of an update.
 */
@NullMarked
package io.punctual.delivery.acknowledgement;

import org.jspecify.annotations.NullMarked;
