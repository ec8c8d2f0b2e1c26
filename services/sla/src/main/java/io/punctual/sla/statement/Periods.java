package io.punctual.sla.statement;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;

import io.punctual.shared.problem.ProblemException;
import io.punctual.shared.time.WrittenTime;

/**
 * When a month is over. Clocks of one client may be in calendars of several zones, so a
 * month is over when it is over everywhere.
 */
final class Periods {

	/** Deliveries are tried for this long after their due instant. */
	static final Duration SETTLING = Duration.ofDays(3);

	private static final ZoneOffset LAST = ZoneOffset.ofHours(-12);

	private Periods() {
	}

	/** The instant that the logs must be complete up to. */
	static Instant settled(YearMonth period) {
		return period.plusMonths(1).atDay(1).atStartOfDay().toInstant(LAST).plus(SETTLING);
	}

	/** The last month that has settled at an instant. */
	static YearMonth lastSettled(Instant at) {
		return YearMonth.from(at.minus(SETTLING).atOffset(LAST)).minusMonths(1);
	}

	static YearMonth parse(String period) {
		try {
			return WrittenTime.month(period);
		}
		catch (DateTimeException ex) {
			throw ProblemException.invalid("/period", "must be a month such as 2026-09");
		}
	}

}
