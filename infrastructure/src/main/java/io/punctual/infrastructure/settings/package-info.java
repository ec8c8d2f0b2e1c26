/**
 * What the stacks are made for: the environments, which differ by these records only, and
 * what all environments have in common.
 */
@NullMarked
package io.punctual.infrastructure.settings;

import org.jspecify.annotations.NullMarked;
