/**
 * The correlation id that follows a request, and the logs that carry it.
 */
@NullMarked
package io.punctual.shared.observability;

import org.jspecify.annotations.NullMarked;
