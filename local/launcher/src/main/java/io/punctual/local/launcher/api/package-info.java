/**
 * Calling the public API as a provider's or a client's engineer would.
 */
@NullMarked
package io.punctual.local.launcher.api;

import org.jspecify.annotations.NullMarked;
