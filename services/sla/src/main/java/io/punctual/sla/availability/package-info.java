/**
 * Availability: how long components were impaired within the time that was committed, and
 * what of it counts.
 */
@NullMarked
package io.punctual.sla.availability;

import org.jspecify.annotations.NullMarked;
