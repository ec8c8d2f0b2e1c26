/**
 * Tests.
 */
@NullMarked
package io.punctual.sla.audit;

import org.jspecify.annotations.NullMarked;
