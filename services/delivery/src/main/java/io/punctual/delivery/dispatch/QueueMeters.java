package io.punctual.delivery.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.punctual.delivery.DeliveryClock;
import io.punctual.shared.release.UngatedWork;
import io.punctual.shared.time.DatabaseTime;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Measures what waits in the queue of endpoints, or to get there. What an endpoint itself
 * holds up, because it fails or refuses a message, is no lateness of ours and left out.
 */
@Component
class QueueMeters {

	private static final Logger logger = LoggerFactory.getLogger(QueueMeters.class);

	private final JdbcClient jdbc;

	private final DeliveryClock clock;

	private volatile Waiting waiting = Waiting.UNKNOWN;

	QueueMeters(JdbcClient jdbc, DeliveryClock clock, MeterRegistry registry) {
		this.jdbc = jdbc;
		this.clock = clock;
		Gauge.builder("punctual.deliveries.oldest_due", this, (meters) -> meters.waiting.oldestDueSeconds())
			.description("For how long the oldest delivery to an endpoint that is not failing has been overdue")
			.baseUnit("seconds")
			.register(registry);
		Gauge.builder("punctual.endpoints.failing", this, (meters) -> meters.waiting.failing())
			.description("Endpoints that failed at their last attempt and have work waiting")
			.register(registry);
		Gauge.builder("punctual.endpoints.ready", this, (meters) -> meters.waiting.ready())
			.description("Endpoints that have work to be sent now and wait for somebody to take it")
			.register(registry);
	}

	@UngatedWork("it only counts")
	@Scheduled(fixedDelay = 15_000)
	void measure() {
		try {
			this.waiting = new Waiting(oldestDueSeconds(), count("state <> 'IDLE' AND failing_since IS NOT NULL"),
					count("state = 'READY'"));
		}
		catch (RuntimeException ex) {
			this.waiting = Waiting.UNKNOWN;
			logger.debug("What waits cannot be counted", ex);
		}
	}

	private double oldestDueSeconds() {
		Instant oldest = this.jdbc.sql("""
				SELECT MIN(w.due) AS oldest FROM (
				  SELECT (SELECT d.earliest_due FROM delivery d WHERE d.endpoint_id = q.endpoint_id
				    AND d.state = 'PENDING' AND NOT d.rejected ORDER BY d.earliest_due LIMIT 1) AS due
				  FROM endpoint_queue q WHERE q.state <> 'IDLE' AND q.failing_since IS NULL
				  UNION ALL SELECT earliest_due FROM waiting_page) w""")
			.query((row, number) -> new Oldest(
					DatabaseTime.fromNullableColumn(row.getObject("oldest", LocalDateTime.class))))
			.single()
			.at();
		return (oldest == null) ? 0 : Math.max(0, Duration.between(oldest, this.clock.now()).toMillis() / 1000.0);
	}

	private double count(String condition) {
		return this.jdbc.sql("SELECT COUNT(*) FROM endpoint_queue WHERE " + condition).query(Double.class).single();
	}

	private record Oldest(@Nullable Instant at) {
	}

	private record Waiting(double oldestDueSeconds, double failing, double ready) {

		private static final Waiting UNKNOWN = new Waiting(Double.NaN, Double.NaN, Double.NaN);

	}

}
