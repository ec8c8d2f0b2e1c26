package io.punctual.clients.calendar;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import io.punctual.clients.calendar.HolidayFile.Closure;
import io.punctual.shared.calendar.CalendarDefinition;

/**
 * Takes holidays over into a calendar, as dated exceptions: a day on which all is closed
 * has no intervals, one that is closed in part has what remains. What a day had before
 * stays closed.
 */
final class Holidays {

	private static final int DAY = 24 * 60;

	private Holidays() {
	}

	/**
	 * The calendar with the holidays.
	 * @param calendar the calendar; its intervals are right
	 * @param closures when it is closed
	 * @param from the first day that is looked at
	 * @param until the day after the last one
	 */
	static CalendarDefinition in(CalendarDefinition calendar, List<Closure> closures, LocalDate from, LocalDate until) {
		Map<String, List<String>> exceptions = new TreeMap<>(calendar.exceptions());
		for (Closure closure : closures) {
			LocalDate last = closure.end().minusNanos(1).toLocalDate();
			for (LocalDate day = closure.start().toLocalDate(); !day.isAfter(last); day = day.plusDays(1)) {
				if (!day.isBefore(from) && day.isBefore(until)) {
					List<String> before = exceptions.getOrDefault(day.toString(),
							calendar.weekly().getOrDefault(weekday(day), List.of()));
					exceptions.put(day.toString(),
							without(before, minute(closure.start(), day), minute(closure.end(), day)));
				}
			}
		}
		return new CalendarDefinition(calendar.zone(), calendar.weekly(), exceptions);
	}

	private static String weekday(LocalDate day) {
		return day.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH).toUpperCase(Locale.ROOT);
	}

	/** A minute of the day; its ends for what lies before or after it. */
	private static int minute(LocalDateTime time, LocalDate day) {
		if (time.toLocalDate().isBefore(day)) {
			return 0;
		}
		return (time.toLocalDate().isAfter(day)) ? DAY : time.get(ChronoField.MINUTE_OF_DAY);
	}

	/**
	 * What remains of a day's intervals. A night belongs to the day on which it begins:
	 * where that day's end is closed, so is the rest of the night.
	 */
	private static List<String> without(List<String> intervals, int closedFrom, int closedUntil) {
		List<String> left = new ArrayList<>();
		for (String interval : intervals) {
			int start = minutes(interval.substring(0, 5));
			int end = minutes(interval.substring(6));
			end = (end < start) ? end + DAY : end;
			if (closedUntil <= start || closedFrom >= end) {
				left.add(interval);
				continue;
			}
			if (closedFrom > start) {
				left.add(text(start) + "-" + text(closedFrom));
			}
			if (closedUntil < end && closedUntil < DAY) {
				left.add(text(closedUntil) + "-" + text(end));
			}
		}
		return left;
	}

	private static int minutes(String time) {
		return Integer.parseInt(time.substring(0, 2)) * 60 + Integer.parseInt(time.substring(3));
	}

	private static String text(int minutes) {
		int inDay = (minutes > DAY) ? minutes - DAY : minutes;
		return "%02d:%02d".formatted(inDay / 60, inDay % 60);
	}

}
