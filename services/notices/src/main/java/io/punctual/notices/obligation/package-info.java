/**
 * Who is owed an update, by when, and whether it has arrived.
 */
@NullMarked
package io.punctual.notices.obligation;

import org.jspecify.annotations.NullMarked;
