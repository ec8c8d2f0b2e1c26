/**
 * Tests.
 */
@NullMarked
package io.punctual.aws.secret;

import org.jspecify.annotations.NullMarked;
