/**
 * The people of a client.
 */
@NullMarked
package io.punctual.clients.contact;

import org.jspecify.annotations.NullMarked;
