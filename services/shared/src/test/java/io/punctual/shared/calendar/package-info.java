/**
 * Tests of calendar arithmetic.
 */
@NullMarked
package io.punctual.shared.calendar;

import org.jspecify.annotations.NullMarked;
