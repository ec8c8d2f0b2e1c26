/**
 * Many clients at once.
 */
@NullMarked
package io.punctual.clients.bulk;

import org.jspecify.annotations.NullMarked;
