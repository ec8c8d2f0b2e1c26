/**
 * Stands in for API Gateway on a laptop.
 */
@NullMarked
package io.punctual.local.edge;

import org.jspecify.annotations.NullMarked;
