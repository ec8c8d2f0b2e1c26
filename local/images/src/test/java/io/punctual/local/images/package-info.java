/**
 * Looks into the images that were built.
 */
@NullMarked
package io.punctual.local.images;

import org.jspecify.annotations.NullMarked;
