/**
 * Who the clients are, what they use and what they were promised.
 */
@NullMarked
package io.punctual.clients;

import org.jspecify.annotations.NullMarked;
