/**
 * Which release of a service does its background work, while two of them share one
 * database.
 */
@NullMarked
package io.punctual.shared.release;

import org.jspecify.annotations.NullMarked;
