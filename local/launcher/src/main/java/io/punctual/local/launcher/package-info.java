/**
 * Starts the whole system with one command.
 */
@NullMarked
package io.punctual.local.launcher;

import org.jspecify.annotations.NullMarked;
