package io.punctual.sla.clock;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.punctual.shared.calendar.CalendarDefinition;
import io.punctual.shared.calendar.WorkingCalendar;
import io.punctual.shared.calendar.WorkingCalendar.Interval;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class HeldTimeTests {

	private static final WorkingCalendar LONDON = WorkingCalendar
		.of(new CalendarDefinition(
				"Europe/London", Map.of("MON", List.of("09:00-17:00"), "TUE", List.of("09:00-17:00"), "WED",
						List.of("09:00-17:00"), "THU", List.of("09:00-17:00"), "FRI", List.of("09:00-17:00")),
				Map.of()));

	private static final Instant FRIDAY = Instant.parse("2026-03-27T16:00:00Z");

	private static final Duration TARGET = Duration.ofHours(4);

	@Test
	void onlyTheWorkingTimeHeldMovesWhatIsDue() {
		// Without a hold it is due on Monday at noon, British Summer Time.
		assertThat(due()).isEqualTo("2026-03-30T11:00:00Z");
		assertThat(due(hold("2026-03-27T16:30:00Z", "2026-03-30T09:00:00Z"))).isEqualTo("2026-03-30T12:30:00Z");
		assertThat(due(hold("2026-03-28T10:00:00Z", "2026-03-29T10:00:00Z"))).isEqualTo("2026-03-30T11:00:00Z");
		assertThat(due(hold("2026-03-27T16:30:00Z", "2026-03-27T16:45:00Z"),
				hold("2026-03-30T10:59:59.999Z", "2026-04-07T09:00:00Z")))
			.isEqualTo("2026-04-07T09:15:00.001Z");
	}

	@Test
	void whatWasReachedBeforeAHoldStaysWhereItWas() {
		assertThat(HeldTime.reached(LONDON, FRIDAY, Duration.ofMinutes(30),
				List.of(hold("2026-03-27T16:30:00Z", "2026-04-20T09:00:00Z"))))
			.isEqualTo("2026-03-27T16:30:00Z");
	}

	@Test
	void whatCountsIsWorkingTimeWithoutTheHeld() {
		Instant stop = Instant.parse("2026-03-30T10:00:00Z");
		List<Interval> holds = List.of(hold("2026-03-27T16:30:00Z", "2026-03-30T09:00:00Z"),
				hold("2026-03-30T09:59:00Z", "2026-03-30T12:00:00Z"));
		assertThat(LONDON.elapsed(FRIDAY, stop)).hasHours(3);
		assertThat(HeldTime.held(LONDON, FRIDAY, stop, holds)).hasMinutes(91);
		assertThat(HeldTime.elapsed(LONDON, FRIDAY, stop, holds)).hasMinutes(89);
		assertThat(HeldTime.elapsed(LONDON, FRIDAY, FRIDAY.plusSeconds(60), holds)).hasSeconds(60);
	}

	private static Instant due(Interval... holds) {
		return HeldTime.reached(LONDON, FRIDAY, TARGET, List.of(holds));
	}

	private static Interval hold(String from, String to) {
		return new Interval(Instant.parse(from), Instant.parse(to));
	}

}
