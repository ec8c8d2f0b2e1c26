/**
 * The monthly proof that a backup can be restored.
 */
@NullMarked
package io.punctual.infrastructure.drill;

import org.jspecify.annotations.NullMarked;
