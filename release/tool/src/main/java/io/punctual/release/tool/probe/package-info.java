/**
 * Questions that only an account can answer, and what it answered.
 */
@NullMarked
package io.punctual.release.tool.probe;

import org.jspecify.annotations.NullMarked;
