/**
 * What somebody of the provider has to look at, until it is over.
 */
@NullMarked
package io.punctual.sla.escalation;

import org.jspecify.annotations.NullMarked;
