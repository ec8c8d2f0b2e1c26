/**
 * The promises of the release's stacks.
 */
@NullMarked
package io.punctual.infrastructure.release;

import org.jspecify.annotations.NullMarked;
