package io.punctual.shared.time;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What callers may write as a time: {@link WrittenTime}.
 */
class WrittenTimeTests {

	@Test
	void readsWhatAColumnCanHold() {
		assertThat(WrittenTime.instant("1000-01-01T00:00:00Z")).isEqualTo("1000-01-01T00:00:00Z");
		assertThat(WrittenTime.instant("9999-12-31T23:59:59.999999Z")).isEqualTo("9999-12-31T23:59:59.999999Z");
		assertThat(WrittenTime.instant("2026-03-29T02:30:00+02:00")).isEqualTo(Instant.parse("2026-03-29T00:30:00Z"));
		assertThat(WrittenTime.date("9999-12-31")).isEqualTo(LocalDate.of(9999, 12, 31));
		assertThat(WrittenTime.month("2026-03")).isEqualTo(YearMonth.of(2026, 3));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "2026-03-29T02:30:00", "2026-02-30T00:00:00Z", "0999-12-31T23:59:59Z",
			"9999-12-31T23:59:59-00:01", "1000-01-01T00:00:00+00:01", "+10000-01-01T00:00:00Z", "-2026-03-29T00:00:00Z",
			"+999999999-12-31T23:59:59Z", "1774749600" })
	void refusesInstantsThatNoColumnHolds(String text) {
		assertThatExceptionOfType(DateTimeException.class).isThrownBy(() -> WrittenTime.instant(text));
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "", "2026-3-1", "2026-02-30", "0000-01-01", "-2026-01-01", "+10000-01-01", "+999999999-12-31" })
	void refusesDaysThatNoColumnHolds(String text) {
		assertThatExceptionOfType(DateTimeException.class).isThrownBy(() -> WrittenTime.date(text));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "2026-13", "2026-3", "0000-01", "-2026-01", "+10000-01", "+999999999-12" })
	void refusesMonthsThatNoColumnHolds(String text) {
		assertThatExceptionOfType(DateTimeException.class).isThrownBy(() -> WrittenTime.month(text));
	}

}
