/**
 * Mail as a channel.
 */
@NullMarked
package io.punctual.delivery.mail;

import org.jspecify.annotations.NullMarked;
