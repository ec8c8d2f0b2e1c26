/**
 * Where an image comes from, in SLSA's words.
 */
@NullMarked
package io.punctual.release.tool.provenance;

import org.jspecify.annotations.NullMarked;
