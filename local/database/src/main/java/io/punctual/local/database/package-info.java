/**
 * The embedded database of a laptop and of the tests.
 */
@NullMarked
package io.punctual.local.database;

import org.jspecify.annotations.NullMarked;
