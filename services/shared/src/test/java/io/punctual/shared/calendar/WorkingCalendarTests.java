package io.punctual.shared.calendar;

import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * {@link WorkingCalendar} against the vectors that were computed minute by minute.
 */
class WorkingCalendarTests {

	private static final JsonMapper JSON = JsonMapper.builder()
		.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.build();

	@TestFactory
	Stream<DynamicTest> dueAndElapsedOfEveryVector() {
		List<Case> cases = read("vectors.json");
		assertThat(cases).hasSize(372);
		return cases.stream().map((vector) -> DynamicTest.dynamicTest(vector.id() + " " + vector.zone(), () -> {
			WorkingCalendar calendar = WorkingCalendar.of(vector.definition());
			assertThat(calendar.add(vector.start(), vector.target())).isEqualTo(vector.due());
			assertThat(calendar.elapsed(vector.start(), vector.probe().stop()))
				.isEqualTo(Duration.ofMinutes(vector.probe().elapsedMinutes()));
			assertThat(calendar.elapsed(vector.start(), vector.due())).isEqualTo(vector.target());
		}));
	}

	@TestFactory
	Stream<DynamicTest> refusesWhatCannotBeKept() {
		List<Case> cases = read("refused.json");
		assertThat(cases).hasSize(13);
		return cases.stream()
			.map((refused) -> DynamicTest
				.dynamicTest(String.valueOf(refused.name()),
						() -> assertThatExceptionOfType(InvalidCalendarException.class).isThrownBy(
								() -> WorkingCalendar.of(refused.definition()).add(refused.start(), refused.target()))
							.satisfies((ex) -> assertThat(ex.field()).isNotEmpty())));
	}

	@Test
	void namesTheFieldThatIsWrong() {
		assertThatExceptionOfType(InvalidCalendarException.class)
			.isThrownBy(() -> WorkingCalendar.of(new CalendarDefinition("Europe/London",
					Map.of("MON", List.of("09:00-12:00", "13:00-25:00")), Map.of())))
			.returns("/weekly/MON/1", InvalidCalendarException::field);
		assertThatExceptionOfType(InvalidCalendarException.class)
			.isThrownBy(() -> WorkingCalendar
				.of(new CalendarDefinition("Europe/London", Map.of("MONDAY", List.of()), Map.of())))
			.returns("/weekly/MONDAY", InvalidCalendarException::field);
		assertThatExceptionOfType(InvalidCalendarException.class)
			.isThrownBy(() -> WorkingCalendar.of(new CalendarDefinition("+01:00", Map.of(), Map.of())))
			.returns("/zone", InvalidCalendarException::field);
	}

	@Test
	void keepsFractionsOfASecond() {
		WorkingCalendar office = WorkingCalendar
			.of(new CalendarDefinition("Europe/London", Map.of("MON", List.of("09:00-17:00")), Map.of()));
		Instant start = Instant.parse("2026-01-05T16:59:59.250001Z");
		assertThat(office.add(start, Duration.ofSeconds(1))).isEqualTo("2026-01-12T09:00:00.250001Z");
		assertThat(office.elapsed(start, Instant.parse("2026-01-12T09:00:00.250001Z")))
			.isEqualTo(Duration.ofSeconds(1));
	}

	@Test
	void alwaysOpenCountsEveryMinute() {
		Instant start = Instant.parse("2026-03-29T00:30:00Z");
		assertThat(WorkingCalendar.alwaysOpen().add(start, Duration.ofMinutes(5))).isEqualTo(start.plusSeconds(300));
		assertThat(WorkingCalendar.alwaysOpen().elapsed(start, start.plusSeconds(7))).isEqualTo(Duration.ofSeconds(7));
		assertThat(WorkingCalendar.alwaysOpen().elapsed(start, start.minusSeconds(7))).isEqualTo(Duration.ZERO);
	}

	private static List<Case> read(String name) {
		InputStream stream = WorkingCalendarTests.class.getResourceAsStream("/calendar/" + name);
		return JSON.readValue(stream, Vectors.class).cases();
	}

	private record Vectors(List<Case> cases) {
	}

	@JsonIgnoreProperties(ignoreUnknown = true)
	private record Case(@Nullable Integer id, @Nullable String name, String zone, Map<String, List<String>> weekly,
			Map<String, List<String>> exceptions, Instant start, long targetMinutes, Instant due, Probe probe) {

		CalendarDefinition definition() {
			return new CalendarDefinition(this.zone, this.weekly, this.exceptions);
		}

		Duration target() {
			return Duration.ofMinutes(this.targetMinutes);
		}

	}

	private record Probe(Instant stop, long elapsedMinutes) {
	}

}
