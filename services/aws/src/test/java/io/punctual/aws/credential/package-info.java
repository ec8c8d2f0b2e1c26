/**
 * Tests.
 */
@NullMarked
package io.punctual.aws.credential;

import org.jspecify.annotations.NullMarked;
