package io.punctual.shared.calendar;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.punctual.shared.calendar.LocalTimetable.Span;
import org.jspecify.annotations.Nullable;

/**
 * Counts working time: an instant is working time if the local wall clock then is inside
 * an interval, so a window of 00:00 to 04:00 has three hours or five on the days of
 * change, and a local day that never was has none.
 * <p>
 * It walks from one change of the zone's offset to the next; between two of them local
 * time is UTC moved by a constant, and working time is whole intervals. See
 * {@code docs/decisions/calendar-reading.md}.
 */
public final class WorkingCalendar {

	/** A promise that comes due later than this is refused. */
	public static final Duration HORIZON = Duration.ofDays(5 * 366);

	private static final int CACHED = 1_000;

	/** The database's own, without what libraries add in their own service. */
	private static final Set<String> ZONES = Set.of(TimeZone.getAvailableIDs());

	private static final Map<CalendarDefinition, WorkingCalendar> CACHE = new ConcurrentHashMap<>();

	private static final WorkingCalendar ALWAYS_OPEN = of(
			new CalendarDefinition("Etc/UTC", Stream.of("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN")
				.collect(Collectors.toMap((day) -> day, (day) -> List.of("00:00-24:00"))), Map.of()));

	private final ZoneId zone;

	private final ZoneRules rules;

	private final LocalTimetable timetable;

	private final boolean alwaysOpen;

	private WorkingCalendar(CalendarDefinition definition) {
		this.zone = zone(definition.zone());
		this.rules = this.zone.getRules();
		this.timetable = new LocalTimetable(definition);
		this.alwaysOpen = this.timetable.isAlwaysOpen();
	}

	/**
	 * The calendar of a definition; the same definition gives the same calendar.
	 * @param definition as it is written down
	 * @return the calendar
	 * @throws InvalidCalendarException if it is none, naming the field
	 */
	public static WorkingCalendar of(CalendarDefinition definition) {
		WorkingCalendar known = CACHE.get(definition);
		if (known != null) {
			return known;
		}
		WorkingCalendar calendar = new WorkingCalendar(definition);
		if (CACHE.size() >= CACHED) {
			CACHE.clear();
		}
		CACHE.put(definition, calendar);
		return calendar;
	}

	/**
	 * The calendar that never closes.
	 * @return 24x7
	 */
	public static WorkingCalendar alwaysOpen() {
		return ALWAYS_OPEN;
	}

	/**
	 * The calendar's zone, in which its days and months begin.
	 * @return an IANA zone
	 */
	public ZoneId zone() {
		return this.zone;
	}

	/**
	 * The earliest instant at which the working time since a start reaches a target.
	 * @param start when counting starts
	 * @param target working time, more than zero
	 * @return when it is due: 8 h from Monday 09:00 is Monday 17:00, not Tuesday 09:00
	 * @throws InvalidCalendarException if the target is not positive, or never reached
	 * within {@link #HORIZON}
	 */
	public Instant add(Instant start, Duration target) {
		if (!target.isPositive()) {
			throw new InvalidCalendarException("target", "must be more than zero");
		}
		Instant horizon = start.plus(HORIZON);
		Instant due;
		if (this.alwaysOpen) {
			due = start.plus(target);
		}
		else {
			Sum sum = new Sum(target);
			walk(start, horizon, sum);
			due = sum.reachedAt;
		}
		if (due == null || due.isAfter(horizon)) {
			throw new InvalidCalendarException("target", "the calendar has too little working time to reach it");
		}
		return due;
	}

	/**
	 * The working time from one instant to another, the latter excluded.
	 * @param from the first instant
	 * @param to the instant after the last
	 * @return working time, zero if there is none or {@code to} is not after {@code from}
	 */
	public Duration elapsed(Instant from, Instant to) {
		if (!from.isBefore(to)) {
			return Duration.ZERO;
		}
		if (this.alwaysOpen) {
			return Duration.between(from, to);
		}
		Sum sum = new Sum(null);
		walk(from, to, sum);
		return sum.total;
	}

	/**
	 * The working time between two instants, laid open: adjacent pieces are one.
	 * @param from the first instant
	 * @param to the instant after the last
	 * @param limit how many at most
	 * @return disjoint intervals in order
	 */
	public List<Interval> intervals(Instant from, Instant to, int limit) {
		Sum sum = new Sum(null);
		walk(from, to, sum);
		return sum.pieces.stream().limit(limit).toList();
	}

	/**
	 * Hands the working time in [from, to) to a sum, piece by piece, in order of time.
	 */
	private void walk(Instant from, Instant to, Sum sum) {
		Instant at = from;
		while (at.isBefore(to) && sum.reachedAt == null) {
			ZoneOffset offset = this.rules.getOffset(at);
			ZoneOffsetTransition next = this.rules.nextTransition(at);
			Instant until = (next != null && next.getInstant().isBefore(to)) ? next.getInstant() : to;
			walkWithOffset(at, until, offset.getTotalSeconds(), sum);
			at = until;
		}
	}

	private void walkWithOffset(Instant from, Instant until, int offset, Sum sum) {
		long firstDay = Math.floorDiv(from.getEpochSecond() + offset, LocalTimetable.DAY_SECONDS);
		long lastDay = Math.floorDiv(until.getEpochSecond() + offset, LocalTimetable.DAY_SECONDS);
		for (long day = firstDay; day <= lastDay; day++) {
			long midnight = day * LocalTimetable.DAY_SECONDS - offset;
			for (Span span : this.timetable.on(LocalDate.ofEpochDay(day))) {
				Instant start = Instant.ofEpochSecond(midnight + span.start());
				Instant end = Instant.ofEpochSecond(midnight + span.end());
				sum.add(start.isBefore(from) ? from : start, end.isAfter(until) ? until : end);
				if (sum.reachedAt != null) {
					return;
				}
			}
		}
	}

	private static ZoneId zone(String name) {
		// Abbreviations such as CST or EST have several meanings, and an offset has no
		// summer.
		if (ZoneId.SHORT_IDS.containsKey(name) || !ZONES.contains(name)) {
			throw new InvalidCalendarException("/zone", "must be an IANA time zone such as Europe/London");
		}
		return ZoneId.of(name);
	}

	/**
	 * Working time so far, and when it reached the target if there is one.
	 */
	private static final class Sum {

		private final @Nullable Duration target;

		private final List<Interval> pieces = new ArrayList<>();

		private Duration total = Duration.ZERO;

		private @Nullable Instant reachedAt;

		private Sum(@Nullable Duration target) {
			this.target = target;
		}

		private void add(Instant start, Instant end) {
			if (!start.isBefore(end)) {
				return;
			}
			Duration sum = this.total.plus(Duration.between(start, end));
			if (this.target != null && sum.compareTo(this.target) >= 0) {
				this.reachedAt = start.plus(this.target.minus(this.total));
			}
			this.total = sum;
			if (!this.pieces.isEmpty() && this.pieces.getLast().to().equals(start)) {
				this.pieces.set(this.pieces.size() - 1, new Interval(this.pieces.getLast().from(), end));
			}
			else {
				this.pieces.add(new Interval(start, end));
			}
		}

	}

	/**
	 * Working time without a gap, the end excluded.
	 *
	 * @param from the first instant
	 * @param to the instant after the last
	 */
	public record Interval(Instant from, Instant to) {
	}

}
