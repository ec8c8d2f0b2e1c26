package io.punctual.delivery.webhook;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

import org.jspecify.annotations.Nullable;

/**
 * Reads {@code Retry-After} (RFC 9110, section 10.2.3): seconds or a date.
 */
final class RetryAfter {

	private static final long MOST_SECONDS = 7L * 24 * 3600;

	private RetryAfter() {
	}

	static @Nullable Instant parse(@Nullable String value, Instant now) {
		if (value == null || value.length() > 40) {
			return null;
		}
		String text = value.strip();
		try {
			if (!text.isEmpty() && text.length() <= 9 && text.chars().allMatch((c) -> c >= '0' && c <= '9')) {
				return now.plusSeconds(Math.min(Long.parseLong(text), MOST_SECONDS));
			}
			Instant date = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
			Instant most = now.plusSeconds(MOST_SECONDS);
			return date.isAfter(most) ? most : date;
		}
		catch (DateTimeException ex) {
			return null;
		}
	}

}
