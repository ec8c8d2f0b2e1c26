/**
 * Tests of credits.
 */
@NullMarked
package io.punctual.sla.credit;

import org.jspecify.annotations.NullMarked;
