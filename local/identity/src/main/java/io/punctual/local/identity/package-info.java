/**
 * Stands in for Cognito on a laptop.
 */
@NullMarked
package io.punctual.local.identity;

import org.jspecify.annotations.NullMarked;
