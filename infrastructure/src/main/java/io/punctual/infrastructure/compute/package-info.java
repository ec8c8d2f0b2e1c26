/**
 * Where the services run: images, cluster, load balancer, names and rights.
 */
@NullMarked
package io.punctual.infrastructure.compute;

import org.jspecify.annotations.NullMarked;
