/**
 * The credentials by which a client calls.
 */
@NullMarked
package io.punctual.clients.credential;

import org.jspecify.annotations.NullMarked;
