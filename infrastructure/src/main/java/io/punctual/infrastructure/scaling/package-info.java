/**
 * How many tasks of each service run.
 */
@NullMarked
package io.punctual.infrastructure.scaling;

import org.jspecify.annotations.NullMarked;
