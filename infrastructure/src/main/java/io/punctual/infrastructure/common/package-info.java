/**
 * What several stacks are made of.
 */
@NullMarked
package io.punctual.infrastructure.common;

import org.jspecify.annotations.NullMarked;
