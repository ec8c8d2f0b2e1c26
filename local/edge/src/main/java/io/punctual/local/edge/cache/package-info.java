/**
 * Keeps answers as a stage's cache cluster does.
 */
@NullMarked
package io.punctual.local.edge.cache;

import org.jspecify.annotations.NullMarked;
