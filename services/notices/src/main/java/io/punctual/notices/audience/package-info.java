/**
 * The replica of what {@code clients} knows, and whom a notice concerns by it.
 */
@NullMarked
package io.punctual.notices.audience;

import org.jspecify.annotations.NullMarked;
