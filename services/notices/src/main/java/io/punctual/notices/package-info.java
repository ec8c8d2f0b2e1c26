/**
 * What is said, and who is owed it.
 */
@NullMarked
package io.punctual.notices;

import org.jspecify.annotations.NullMarked;
