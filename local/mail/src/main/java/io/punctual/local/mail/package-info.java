/**
 * Catches mail instead of sending it, and shows it over HTTP.
 */
@NullMarked
package io.punctual.local.mail;

import org.jspecify.annotations.NullMarked;
