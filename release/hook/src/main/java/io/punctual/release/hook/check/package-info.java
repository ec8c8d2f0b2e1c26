/**
 * What a release must be able to do before it may work.
 */
@NullMarked
package io.punctual.release.hook.check;

import org.jspecify.annotations.NullMarked;
