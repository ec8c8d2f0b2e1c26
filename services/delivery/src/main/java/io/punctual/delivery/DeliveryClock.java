package io.punctual.delivery;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import io.punctual.shared.release.UngatedWork;
import io.punctual.shared.time.DatabaseClock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * The database's time without asking it at every attempt: this machine's clock, corrected
 * by the difference that was measured last. A measurement in which this process stood
 * still tells less than the one before, and is not taken.
 */
@Component
public class DeliveryClock {

	/** Clocks drift apart by less: a millisecond in a second. */
	private static final long DRIFT = 1_000;

	private static final Logger logger = LoggerFactory.getLogger(DeliveryClock.class);

	private final DatabaseClock database;

	private volatile @Nullable Measurement taken;

	public DeliveryClock(DatabaseClock database) {
		this.database = database;
	}

	/**
	 * The database's present time, as nearly as it is known here.
	 * @return the instant, in whole microseconds
	 */
	public Instant now() {
		Measurement known = this.taken;
		Duration offset = (known != null) ? known.offset() : Duration.ZERO;
		return Instant.now().plus(offset).truncatedTo(ChronoUnit.MICROS);
	}

	@UngatedWork("requests need the time, too")
	@Scheduled(fixedDelay = 2000, initialDelay = 0)
	void measure() {
		try {
			long begun = System.nanoTime();
			Instant before = Instant.now();
			Instant there = this.database.now();
			long ended = System.nanoTime();
			Duration half = Duration.ofNanos(ended - begun).dividedBy(2);
			Measurement known = this.taken;
			if (known == null || half.compareTo(known.errorAt(ended)) <= 0) {
				this.taken = new Measurement(Duration.between(before.plus(half), there), half, ended);
			}
		}
		catch (RuntimeException ex) {
			logger.debug("The database does not tell its time", ex);
		}
	}

	/**
	 * How far the database's clock is ahead of this machine's.
	 *
	 * @param error by how much that may be wrong
	 * @param at when it was measured, of {@link System#nanoTime()}
	 */
	private record Measurement(Duration offset, Duration error, long at) {

		private Duration errorAt(long later) {
			return this.error.plusNanos((later - this.at) / DRIFT);
		}

	}

}
