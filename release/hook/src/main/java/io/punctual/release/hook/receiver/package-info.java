/**
 * A client's receiver that belongs to nobody.
 */
@NullMarked
package io.punctual.release.hook.receiver;

import org.jspecify.annotations.NullMarked;
