/**
 * Takes over what was said and who is owed it.
 */
@NullMarked
package io.punctual.delivery.intake;

import org.jspecify.annotations.NullMarked;
