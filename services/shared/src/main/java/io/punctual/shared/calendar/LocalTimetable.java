package io.punctual.shared.calendar;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A calendar on the wall: for each local date the seconds of that day that are working
 * time, knowing nothing of zones.
 */
final class LocalTimetable {

	static final int DAY_SECONDS = 86_400;

	private static final Pattern INTERVAL = Pattern
		.compile("([01]\\d|2[0-3]):([0-5]\\d)-(?:([01]\\d|2[0-3]):([0-5]\\d)|24:00)");

	private static final Map<String, DayOfWeek> DAYS = days();

	private static final List<Span> NONE = List.of();

	/** For each day of the week with no exception on it or the day before. */
	private final Map<DayOfWeek, List<Span>> plain = new EnumMap<>(DayOfWeek.class);

	/** For each date with an exception, and the day after it. */
	private final Map<LocalDate, List<Span>> special = new HashMap<>();

	LocalTimetable(CalendarDefinition definition) {
		Map<DayOfWeek, List<Span>> weekly = new EnumMap<>(DayOfWeek.class);
		definition.weekly().forEach((name, intervals) -> {
			DayOfWeek day = DAYS.get(name);
			if (day == null) {
				throw new InvalidCalendarException("/weekly/" + name,
						"must be one of MON, TUE, WED, THU, FRI, SAT, SUN");
			}
			weekly.put(day, parse("/weekly/" + name, intervals));
		});
		Map<LocalDate, List<Span>> exceptions = new TreeMap<>();
		definition.exceptions().forEach((date, intervals) -> {
			String field = "/exceptions/" + date;
			exceptions.put(date(field, date), parse(field, intervals));
		});
		if (isEmpty(weekly.values()) && isEmpty(exceptions.values())) {
			throw new InvalidCalendarException("/weekly", "must have working time");
		}
		for (DayOfWeek day : DayOfWeek.values()) {
			this.plain.put(day, day(weekly.getOrDefault(day, NONE), weekly.getOrDefault(day.minus(1), NONE)));
		}
		for (LocalDate date : exceptions.keySet()) {
			for (LocalDate touched : List.of(date, date.plusDays(1))) {
				this.special.computeIfAbsent(touched,
						(key) -> day(on(key, weekly, exceptions), on(key.minusDays(1), weekly, exceptions)));
			}
		}
	}

	/**
	 * The working time of one local day.
	 * @param date the day
	 * @return disjoint spans in order, in seconds since its midnight
	 */
	List<Span> on(LocalDate date) {
		if (!this.special.isEmpty()) {
			List<Span> spans = this.special.get(date);
			if (spans != null) {
				return spans;
			}
		}
		return this.plain.getOrDefault(date.getDayOfWeek(), NONE);
	}

	/**
	 * Whether it never closes.
	 * @return true if every second of every day is working time
	 */
	boolean isAlwaysOpen() {
		return this.special.isEmpty()
				&& this.plain.values().stream().allMatch(List.of(new Span(0, DAY_SECONDS))::equals);
	}

	private static List<Span> on(LocalDate date, Map<DayOfWeek, List<Span>> weekly,
			Map<LocalDate, List<Span>> exceptions) {
		List<Span> exception = exceptions.get(date);
		return (exception != null) ? exception : weekly.getOrDefault(date.getDayOfWeek(), NONE);
	}

	/** What begins on the day, and what is left of the day before's nights. */
	private static List<Span> day(List<Span> own, List<Span> before) {
		List<Span> spans = new ArrayList<>();
		for (Span span : before) {
			if (span.end() > DAY_SECONDS) {
				spans.add(new Span(0, span.end() - DAY_SECONDS));
			}
		}
		for (Span span : own) {
			spans.add(new Span(span.start(), Math.min(span.end(), DAY_SECONDS)));
		}
		spans.sort(null);
		List<Span> merged = new ArrayList<>();
		for (Span span : spans) {
			Span last = merged.isEmpty() ? null : merged.getLast();
			if (last != null && span.start() <= last.end()) {
				merged.set(merged.size() - 1, new Span(last.start(), Math.max(last.end(), span.end())));
			}
			else {
				merged.add(span);
			}
		}
		return List.copyOf(merged);
	}

	private static List<Span> parse(String field, List<String> intervals) {
		List<Span> spans = new ArrayList<>();
		for (int i = 0; i < intervals.size(); i++) {
			Matcher matcher = INTERVAL.matcher(intervals.get(i));
			if (!matcher.matches()) {
				throw new InvalidCalendarException(field + "/" + i,
						"must be two times of day such as 09:00-17:00; 24:00 is an end only");
			}
			int start = seconds(matcher.group(1), matcher.group(2));
			int end = (matcher.group(3) != null) ? seconds(matcher.group(3), matcher.group(4)) : DAY_SECONDS;
			if (start != end) {
				spans.add(new Span(start, (end > start) ? end : end + DAY_SECONDS));
			}
		}
		return spans;
	}

	private static int seconds(String hours, String minutes) {
		return Integer.parseInt(hours) * 3600 + Integer.parseInt(minutes) * 60;
	}

	private static LocalDate date(String field, String text) {
		try {
			return LocalDate.parse(text);
		}
		catch (DateTimeException ex) {
			throw new InvalidCalendarException(field, "must be a date such as 2026-12-25");
		}
	}

	private static boolean isEmpty(Collection<List<Span>> days) {
		return days.stream().allMatch(List::isEmpty);
	}

	private static Map<String, DayOfWeek> days() {
		Map<String, DayOfWeek> days = new HashMap<>();
		for (DayOfWeek day : DayOfWeek.values()) {
			days.put(day.name().substring(0, 3), day);
		}
		return Map.copyOf(days);
	}

	/**
	 * Seconds since a local midnight, the end excluded.
	 *
	 * @param start the first second
	 * @param end the second after the last
	 */
	record Span(int start, int end) implements Comparable<Span> {

		@Override
		public int compareTo(Span other) {
			return Integer.compare(this.start, other.start);
		}

	}

}
