package io.punctual.shared.time;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Times as callers may write them. ISO 8601 and the JDK know years of ten digits, a
 * {@code DATETIME} column knows those from 1000 to 9999, and arithmetic on what is beyond
 * them fails far from where it was read.
 */
public final class WrittenTime {

	private static final int FIRST_YEAR = 1000;

	private static final int LAST_YEAR = 9999;

	private WrittenTime() {
	}

	/**
	 * An instant with its offset (RFC 3339).
	 * @param text such as {@code 2026-03-27T16:00:00Z}
	 * @return from the year 1000 to 9999 in UTC
	 * @throws DateTimeException if it is none
	 */
	public static Instant instant(String text) {
		Instant instant = DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text, Instant::from);
		check(instant.atOffset(ZoneOffset.UTC).getYear());
		return instant;
	}

	/**
	 * A day.
	 * @param text such as {@code 2026-03-27}
	 * @return from the year 1000 to 9999
	 * @throws DateTimeException if it is none
	 */
	public static LocalDate date(String text) {
		LocalDate date = LocalDate.parse(text);
		check(date.getYear());
		return date;
	}

	/**
	 * A month.
	 * @param text such as {@code 2026-03}
	 * @return from the year 1000 to 9999
	 * @throws DateTimeException if it is none
	 */
	public static YearMonth month(String text) {
		YearMonth month = YearMonth.parse(text);
		check(month.getYear());
		return month;
	}

	private static void check(int year) {
		if (year < FIRST_YEAR || year > LAST_YEAR) {
			throw new DateTimeException("not from " + FIRST_YEAR + " to " + LAST_YEAR + ": " + year);
		}
	}

}
