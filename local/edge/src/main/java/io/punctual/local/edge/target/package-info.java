/**
 * The pools of backends behind the gateway and their admin port.
 */
@NullMarked
package io.punctual.local.edge.target;

import org.jspecify.annotations.NullMarked;
