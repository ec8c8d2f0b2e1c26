/**
 * The parts of what the provider offers.
 */
@NullMarked
package io.punctual.clients.component;

import org.jspecify.annotations.NullMarked;
