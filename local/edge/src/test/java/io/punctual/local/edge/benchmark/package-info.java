/**
 * Measures the edge against the service itself and against nginx.
 */
@NullMarked
package io.punctual.local.edge.benchmark;

import org.jspecify.annotations.NullMarked;
