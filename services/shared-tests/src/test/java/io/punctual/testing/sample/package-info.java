/**
 * A service as small as can be, which uses everything that the services share.
 */
@NullMarked
package io.punctual.testing.sample;

import org.jspecify.annotations.NullMarked;
