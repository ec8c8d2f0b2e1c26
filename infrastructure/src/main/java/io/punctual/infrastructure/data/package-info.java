/**
 * What must not be lost: the database, the keys, and the copies of both.
 */
@NullMarked
package io.punctual.infrastructure.data;

import org.jspecify.annotations.NullMarked;
