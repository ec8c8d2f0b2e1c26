/**
 * Making, checking and measuring the container images.
 */
@NullMarked
package io.punctual.local.images;

import org.jspecify.annotations.NullMarked;
