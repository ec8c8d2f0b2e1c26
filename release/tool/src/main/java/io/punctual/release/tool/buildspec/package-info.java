/**
 * A buildspec, run as CodeBuild runs it.
 */
@NullMarked
package io.punctual.release.tool.buildspec;

import org.jspecify.annotations.NullMarked;
