/**
 * What it costs, and that it does not silently cost more.
 */
@NullMarked
package io.punctual.infrastructure.budget;

import org.jspecify.annotations.NullMarked;
