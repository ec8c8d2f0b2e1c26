/**
 * Sends to an endpoint once more what it did not get, or all of a time.
 */
@NullMarked
package io.punctual.delivery.replay;

import org.jspecify.annotations.NullMarked;
