package io.punctual.delivery;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import io.punctual.shared.release.UngatedWork;
import io.punctual.shared.time.DatabaseClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * The database's time without asking it at every attempt: this machine's clock, corrected
 * by the difference that was measured last.
 */
@Component
public class DeliveryClock {

	private static final Logger logger = LoggerFactory.getLogger(DeliveryClock.class);

	private final DatabaseClock database;

	private volatile Duration offset = Duration.ZERO;

	public DeliveryClock(DatabaseClock database) {
		this.database = database;
	}

	/**
	 * The database's present time, as nearly as it is known here.
	 * @return the instant, in whole microseconds
	 */
	public Instant now() {
		return Instant.now().plus(this.offset).truncatedTo(ChronoUnit.MICROS);
	}

	@UngatedWork("requests need the time, too")
	@Scheduled(fixedDelay = 2000, initialDelay = 0)
	void measure() {
		try {
			Instant before = Instant.now();
			Instant there = this.database.now();
			Instant after = Instant.now();
			this.offset = Duration.between(before.plus(Duration.between(before, after).dividedBy(2)), there);
		}
		catch (RuntimeException ex) {
			logger.debug("The database does not tell its time", ex);
		}
	}

}
