/**
 * Tests.
 */
@NullMarked
package io.punctual.aws.database;

import org.jspecify.annotations.NullMarked;
