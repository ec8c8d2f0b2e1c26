/**
 * What the tests of all stacks share.
 */
@NullMarked
package io.punctual.infrastructure.support;

import org.jspecify.annotations.NullMarked;
