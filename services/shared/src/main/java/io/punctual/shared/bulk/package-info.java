/**
 * Changing rows by the thousand.
 */
@NullMarked
package io.punctual.shared.bulk;

import org.jspecify.annotations.NullMarked;
