/**
 * Tests of the sla service: a real database, real HTTP on both sides.
 */
@NullMarked
package io.punctual.sla.clock;

import org.jspecify.annotations.NullMarked;
