/**
 * Tests of availability.
 */
@NullMarked
package io.punctual.sla.availability;

import org.jspecify.annotations.NullMarked;
