/**
 * Secrets at rest and on their way between services.
 */
@NullMarked
package io.punctual.shared.secret;

import org.jspecify.annotations.NullMarked;
