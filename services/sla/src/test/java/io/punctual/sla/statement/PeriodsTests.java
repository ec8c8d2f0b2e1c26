package io.punctual.sla.statement;

import java.time.Instant;
import java.time.YearMonth;

import io.punctual.shared.problem.ProblemException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PeriodsTests {

	private static final YearMonth SEPTEMBER = YearMonth.of(2026, 9);

	private static final Instant SETTLED = Instant.parse("2026-10-04T12:00:00Z");

	@Test
	void aMonthHasSettledThreeDaysAfterItIsOverEverywhere() {
		assertThat(Periods.settled(SEPTEMBER)).isEqualTo(SETTLED);
		assertThat(Periods.lastSettled(SETTLED)).isEqualTo(SEPTEMBER);
		assertThat(Periods.lastSettled(SETTLED.minusMillis(1))).isEqualTo(SEPTEMBER.minusMonths(1));
	}

	@Test
	void onlyMonthsAreMonths() {
		assertThat(Periods.parse("2026-09")).isEqualTo(SEPTEMBER);
		assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> Periods.parse("2026-13"));
	}

}
