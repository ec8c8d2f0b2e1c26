package io.punctual.clients.calendar;

import java.time.Instant;

import io.punctual.shared.calendar.CalendarDefinition;

/**
 * One version of a calendar; it never changes.
 *
 * @param number from 1
 * @param definition the weekly intervals and exceptions
 * @param createdAt since when it exists
 */
public record CalendarVersion(int number, CalendarDefinition definition, Instant createdAt) {
}
