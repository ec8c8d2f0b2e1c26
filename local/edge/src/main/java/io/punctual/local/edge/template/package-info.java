/**
 * The mapping templates of API Gateway: Velocity with its variables and its deviations.
 */
@NullMarked
package io.punctual.local.edge.template;

import org.jspecify.annotations.NullMarked;
