/**
 * Tests of the whole service over HTTP, on a real database.
 */
@NullUnmarked
package io.punctual.notices;

import org.jspecify.annotations.NullUnmarked;
