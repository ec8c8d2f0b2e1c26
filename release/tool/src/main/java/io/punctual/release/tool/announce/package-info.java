/**
 * The notice of a new version, published through Punctual itself.
 */
@NullMarked
package io.punctual.release.tool.announce;

import org.jspecify.annotations.NullMarked;
