/**
 * A client of our own outside the network: it publishes, receives and measures.
 */
@NullMarked
package io.punctual.infrastructure.canary;

import org.jspecify.annotations.NullMarked;
