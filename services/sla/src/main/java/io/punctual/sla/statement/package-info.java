/**
 * Statements: what was promised to a client in a month and what became of it, signed,
 * chained and recomputable.
 */
@NullMarked
package io.punctual.sla.statement;

import org.jspecify.annotations.NullMarked;
