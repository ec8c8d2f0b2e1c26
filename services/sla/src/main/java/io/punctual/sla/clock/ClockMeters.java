package io.punctual.sla.clock;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;

import io.punctual.shared.release.UngatedWork;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.punctual.shared.time.DatabaseClock;
import io.punctual.shared.time.DatabaseTime;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Measures what waits for a verdict; the database is asked apart from the publishing, so
 * that a slow one delays no other meter.
 */
@Component
class ClockMeters {

	private static final Logger logger = LoggerFactory.getLogger(ClockMeters.class);

	private final JdbcClient jdbc;

	private final DatabaseClock database;

	private volatile double evidencePending = Double.NaN;

	private volatile double overdueSeconds = Double.NaN;

	ClockMeters(JdbcClient jdbc, DatabaseClock database, MeterRegistry registry) {
		this.jdbc = jdbc;
		this.database = database;
		Gauge.builder("punctual.clocks.evidence_pending", this, (meters) -> meters.evidencePending)
			.description("Clocks that cannot be judged because another log is not read that far")
			.register(registry);
		Gauge.builder("punctual.clocks.overdue", this, (meters) -> meters.overdueSeconds)
			.description("For how long the oldest clock has waited for its verdict")
			.baseUnit("seconds")
			.register(registry);
	}

	@UngatedWork("it only counts")
	@Scheduled(fixedDelay = 15_000)
	void measure() {
		try {
			this.evidencePending = this.jdbc
				.sql("SELECT COUNT(*) FROM clock WHERE next_at IS NOT NULL AND next_at <= ? AND evidence_pending")
				.param(DatabaseTime.toColumn(this.database.now()))
				.query(Double.class)
				.single();
			Instant oldest = this.jdbc
				.sql("SELECT MIN(next_at) AS oldest FROM clock WHERE evidence IN ('notices', 'delivery')")
				.query((row, number) -> new Oldest(
						DatabaseTime.fromNullableColumn(row.getObject("oldest", LocalDateTime.class))))
				.single()
				.at();
			this.overdueSeconds = (oldest == null) ? 0
					: Math.max(0, Duration.between(oldest, this.database.now()).toMillis() / 1000.0);
		}
		catch (RuntimeException ex) {
			// No number is better than an old one.
			this.evidencePending = Double.NaN;
			this.overdueSeconds = Double.NaN;
			logger.debug("The clocks cannot be counted", ex);
		}
	}

	private record Oldest(@Nullable Instant at) {
	}

}
