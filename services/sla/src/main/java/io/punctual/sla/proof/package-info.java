/**
 * The proof of a clock: everything that lets anybody recompute it.
 */
@NullMarked
package io.punctual.sla.proof;

import org.jspecify.annotations.NullMarked;
