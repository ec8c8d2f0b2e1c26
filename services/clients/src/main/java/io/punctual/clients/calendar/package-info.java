/**
 * Calendars and their versions.
 */
@NullMarked
package io.punctual.clients.calendar;

import org.jspecify.annotations.NullMarked;
