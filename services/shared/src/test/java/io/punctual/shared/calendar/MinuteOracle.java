package io.punctual.shared.calendar;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Working time by asking every minute, the definition itself: slow, and sharing nothing
 * with {@link WorkingCalendar}.
 */
final class MinuteOracle {

	private final CalendarDefinition definition;

	private final ZoneId zone;

	MinuteOracle(CalendarDefinition definition) {
		this.definition = definition;
		this.zone = ZoneId.of(definition.zone());
	}

	boolean isWorking(Instant minute) {
		LocalDateTime wall = LocalDateTime.ofInstant(minute, this.zone);
		String time = wall.toLocalTime().truncatedTo(ChronoUnit.MINUTES).toString();
		for (String interval : on(wall.toLocalDate())) {
			String start = interval.substring(0, 5);
			String end = interval.substring(6);
			boolean overnight = end.compareTo(start) < 0;
			if (time.compareTo(start) >= 0 && (overnight || time.compareTo(end) < 0)) {
				return true;
			}
		}
		for (String interval : on(wall.toLocalDate().minusDays(1))) {
			String end = interval.substring(6);
			if (end.compareTo(interval.substring(0, 5)) < 0 && time.compareTo(end) < 0) {
				return true;
			}
		}
		return false;
	}

	Duration elapsed(Instant from, Instant to) {
		long minutes = 0;
		for (Instant t = from; t.isBefore(to); t = t.plusSeconds(60)) {
			minutes += isWorking(t) ? 1 : 0;
		}
		return Duration.ofMinutes(minutes);
	}

	private List<String> on(LocalDate date) {
		List<String> exception = this.definition.exceptions().get(date.toString());
		if (exception != null) {
			return exception;
		}
		DayOfWeek day = date.getDayOfWeek();
		return this.definition.weekly().getOrDefault(day.name().substring(0, 3), List.of());
	}

}
