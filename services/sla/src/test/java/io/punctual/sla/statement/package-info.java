/**
 * Tests of the statements.
 */
@NullMarked
package io.punctual.sla.statement;

import org.jspecify.annotations.NullMarked;
