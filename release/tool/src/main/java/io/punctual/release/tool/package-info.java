/**
 * What the release scripts need more than a shell for: one command each.
 */
@NullMarked
package io.punctual.release.tool;

import org.jspecify.annotations.NullMarked;
