/**
 * Tests.
 */
@NullMarked
package io.punctual.aws.metrics;

import org.jspecify.annotations.NullMarked;
