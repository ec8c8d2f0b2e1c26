/**
 * What must not be lost: the database, its copies, and the keys.
 */
@NullMarked
package io.punctual.infrastructure.data;

import org.jspecify.annotations.NullMarked;
