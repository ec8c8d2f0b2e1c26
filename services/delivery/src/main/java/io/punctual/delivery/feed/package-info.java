/**
 * The feed that a client reads by itself.
 */
@NullMarked
package io.punctual.delivery.feed;

import org.jspecify.annotations.NullMarked;
