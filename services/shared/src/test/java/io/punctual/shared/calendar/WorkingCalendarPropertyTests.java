package io.punctual.shared.calendar;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.Map;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@link WorkingCalendar} on calendars nobody thought of, near the instants at which
 * clocks change, against asking every minute.
 */
class WorkingCalendarPropertyTests {

	private static final List<String> ZONES = List.of("Europe/London", "America/New_York", "Asia/Kolkata",
			"Australia/Lord_Howe", "America/Sao_Paulo", "Africa/Casablanca", "Pacific/Apia", "America/St_Johns",
			"America/Scoresbysund", "Antarctica/Troll", "Etc/UTC");

	@Property(tries = 400)
	void elapsedIsWhatEveryMinuteSays(@ForAll("schedules") Schedule schedule,
			@ForAll @IntRange(min = 0, max = 6000) int minutes) {
		Instant to = schedule.start().plusSeconds(minutes * 60L);
		assertThat(schedule.calendar().elapsed(schedule.start(), to))
			.isEqualTo(new MinuteOracle(schedule.definition()).elapsed(schedule.start(), to));
	}

	@Property(tries = 400)
	void elapsedUntilDueIsTheTarget(@ForAll("schedules") Schedule schedule,
			@ForAll @IntRange(min = 1, max = 5_000_000) int millis) {
		Duration target = Duration.ofMillis(millis);
		Instant due = schedule.calendar().add(schedule.start(), target);
		assertThat(schedule.calendar().elapsed(schedule.start(), due)).isEqualTo(target);
	}

	@Property(tries = 400)
	void dueIsTheEarliestSuchInstant(@ForAll("schedules") Schedule schedule,
			@ForAll @IntRange(min = 1, max = 5_000_000) int millis) {
		Duration target = Duration.ofMillis(millis);
		Instant due = schedule.calendar().add(schedule.start(), target);
		assertThat(schedule.calendar().elapsed(schedule.start(), due.minusNanos(1))).isLessThan(target);
	}

	@Property(tries = 200)
	void elapsedAddsUp(@ForAll("schedules") Schedule schedule, @ForAll @IntRange(min = 0, max = 500_000) int first,
			@ForAll @IntRange(min = 0, max = 500_000) int second) {
		Instant middle = schedule.start().plusSeconds(first);
		Instant end = middle.plusSeconds(second);
		WorkingCalendar calendar = schedule.calendar();
		assertThat(calendar.elapsed(schedule.start(), middle).plus(calendar.elapsed(middle, end)))
			.isEqualTo(calendar.elapsed(schedule.start(), end));
	}

	@Provide
	Arbitrary<Schedule> schedules() {
		return Arbitraries.of(ZONES)
			.flatMap((zone) -> Combinators.combine(week(), starts(zone), week(), offsets())
				.as((week, start, exception, offset) -> {
					LocalDate date = LocalDate.ofInstant(start, ZoneId.of(zone)).plusDays(offset);
					List<String> hours = exception.values().iterator().next();
					return new Schedule(new CalendarDefinition(zone, week, Map.of(date.toString(), hours)), start);
				}));
	}

	private static Arbitrary<Integer> offsets() {
		return Arbitraries.integers().between(-1, 4);
	}

	/** Whole minutes within three days before a change of the zone's offset. */
	private static Arbitrary<Instant> starts(String zone) {
		Arbitrary<Long> anywhere = Arbitraries.longs()
			.between(Instant.parse("2009-01-01T00:00:00Z").getEpochSecond(),
					Instant.parse("2030-01-01T00:00:00Z").getEpochSecond());
		return Combinators.combine(anywhere, Arbitraries.integers().between(0, 3 * 1440)).as((second, before) -> {
			Instant instant = Instant.ofEpochSecond(second - Math.floorMod(second, 60L));
			ZoneOffsetTransition next = ZoneId.of(zone).getRules().nextTransition(instant);
			return ((next != null) ? next.getInstant() : instant).minusSeconds(before * 60L);
		});
	}

	private static Arbitrary<Map<String, List<String>>> week() {
		Arbitrary<String> day = Arbitraries.of("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN");
		return Arbitraries.maps(day, interval().list().ofMinSize(1).ofMaxSize(3)).ofMinSize(1).ofMaxSize(7);
	}

	private static Arbitrary<String> interval() {
		Arbitrary<Integer> start = Arbitraries.integers().between(0, 1439);
		Arbitrary<Integer> end = Arbitraries.integers().between(0, 1440);
		return Combinators.combine(start, end)
			.filter((from, to) -> !from.equals(to))
			.as((from, to) -> String.format("%02d:%02d-%02d:%02d", from / 60, from % 60, to / 60, to % 60));
	}

	/**
	 * A calendar and an instant at which something is promised.
	 */
	record Schedule(CalendarDefinition definition, Instant start) {

		WorkingCalendar calendar() {
			return WorkingCalendar.of(this.definition);
		}

	}

}
