/**
 * Getting it there, and the evidence.
 */
@NullMarked
package io.punctual.delivery;

import org.jspecify.annotations.NullMarked;
