/**
 * Whether a change of the API's document would break a caller.
 */
@NullMarked
package io.punctual.release.tool.contract;

import org.jspecify.annotations.NullMarked;
