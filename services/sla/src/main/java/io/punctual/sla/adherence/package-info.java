/**
 * Adherence: what was kept of what was promised to a client in a month.
 */
@NullMarked
package io.punctual.sla.adherence;

import org.jspecify.annotations.NullMarked;
