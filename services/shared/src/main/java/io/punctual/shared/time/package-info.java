/**
 * The one clock that counts: the database's.
 */
@NullMarked
package io.punctual.shared.time;

import org.jspecify.annotations.NullMarked;
