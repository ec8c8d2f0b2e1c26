/**
 * Tests.
 */
@NullMarked
package io.punctual.aws;

import org.jspecify.annotations.NullMarked;
