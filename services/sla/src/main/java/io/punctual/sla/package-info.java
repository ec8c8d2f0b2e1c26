/**
 * Clocks, breaches, adherence and proof.
 */
@NullMarked
package io.punctual.sla;

import org.jspecify.annotations.NullMarked;
