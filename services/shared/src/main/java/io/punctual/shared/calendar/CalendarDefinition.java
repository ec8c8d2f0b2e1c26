package io.punctual.shared.calendar;

import java.util.List;
import java.util.Map;

/**
 * A calendar as it is written down: an IANA zone, weekly intervals and dated exceptions,
 * all in local time.
 *
 * @param zone an IANA time zone, such as {@code Europe/London}
 * @param weekly day ({@code MON} … {@code SUN}) to intervals such as {@code 09:00-17:00}
 * @param exceptions date ({@code 2026-12-25}) to the intervals that replace that day's;
 * an empty list closes it
 */
public record CalendarDefinition(String zone, Map<String, List<String>> weekly, Map<String, List<String>> exceptions) {
}
