/**
 * The templates at the root, made into one service's.
 */
@NullMarked
package io.punctual.release.tool.render;

import org.jspecify.annotations.NullMarked;
