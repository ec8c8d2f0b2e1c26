/**
 * Validates requests exactly as weakly and as strictly as API Gateway does.
 */
@NullMarked
package io.punctual.local.edge.validation;

import org.jspecify.annotations.NullMarked;
