package io.punctual.shared.time;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

import org.jspecify.annotations.Nullable;

/**
 * Converts between instants and {@code DATETIME(6)} columns, which hold UTC: whatever the
 * time zones of the JVM, the connection and the server are.
 */
public final class DatabaseTime {

	private DatabaseTime() {
	}

	public static LocalDateTime toColumn(Instant instant) {
		return LocalDateTime.ofInstant(instant.truncatedTo(ChronoUnit.MICROS), ZoneOffset.UTC);
	}

	public static @Nullable LocalDateTime toNullableColumn(@Nullable Instant instant) {
		return (instant != null) ? toColumn(instant) : null;
	}

	public static Instant fromColumn(LocalDateTime column) {
		return column.toInstant(ZoneOffset.UTC);
	}

	public static @Nullable Instant fromNullableColumn(@Nullable LocalDateTime column) {
		return (column != null) ? fromColumn(column) : null;
	}

}
