/**
 * The database that tests run on: real MySQL in a container where that is asked for, the
 * laptop's embedded one otherwise.
 */
@NullMarked
package io.punctual.testing.database;

import org.jspecify.annotations.NullMarked;
