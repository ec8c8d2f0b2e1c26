/**
 * Clocks: how promises start, stop and are judged.
 */
@NullMarked
package io.punctual.sla.clock;

import org.jspecify.annotations.NullMarked;
