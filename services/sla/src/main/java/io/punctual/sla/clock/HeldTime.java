package io.punctual.sla.clock;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.punctual.shared.calendar.InvalidCalendarException;
import io.punctual.shared.calendar.WorkingCalendar;
import io.punctual.shared.calendar.WorkingCalendar.Interval;

/**
 * Working time with holds taken out: {@code elapsed = working([start, stop)) − holds}.
 * Holds are in order of time and do not overlap.
 */
public final class HeldTime {

	private HeldTime() {
	}

	/**
	 * The earliest instant at which the working time outside of holds reaches a target.
	 * @param calendar what working time is
	 * @param start when counting starts
	 * @param target working time, more than zero
	 * @param holds those that have ended; one that begins after the target was reached
	 * changes nothing
	 * @return the instant
	 * @throws InvalidCalendarException if it is never reached
	 */
	public static Instant reached(WorkingCalendar calendar, Instant start, Duration target, List<Interval> holds) {
		Instant at = start;
		Duration left = target;
		for (Interval hold : holds) {
			Duration worked = calendar.elapsed(at, hold.from());
			if (worked.compareTo(left) >= 0) {
				break;
			}
			left = left.minus(worked);
			at = later(at, hold.to());
		}
		return calendar.add(at, left);
	}

	/**
	 * The working time in holds.
	 * @param calendar what working time is
	 * @param from the first instant
	 * @param to the instant after the last
	 * @param holds also those that are partly or wholly outside
	 * @return the working time of holds in [from, to)
	 */
	public static Duration held(WorkingCalendar calendar, Instant from, Instant to, List<Interval> holds) {
		return holds.stream()
			.map((hold) -> calendar.elapsed(later(from, hold.from()), earlier(to, hold.to())))
			.reduce(Duration.ZERO, Duration::plus);
	}

	/**
	 * The working time outside of holds.
	 * @param calendar what working time is
	 * @param from the first instant
	 * @param to the instant after the last
	 * @param holds also those that are partly or wholly outside
	 * @return what a target is compared with
	 */
	public static Duration elapsed(WorkingCalendar calendar, Instant from, Instant to, List<Interval> holds) {
		return calendar.elapsed(from, to).minus(held(calendar, from, to, holds));
	}

	private static Instant later(Instant one, Instant other) {
		return one.isAfter(other) ? one : other;
	}

	private static Instant earlier(Instant one, Instant other) {
		return one.isBefore(other) ? one : other;
	}

}
