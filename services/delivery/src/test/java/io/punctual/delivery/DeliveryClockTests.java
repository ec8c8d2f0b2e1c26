package io.punctual.delivery;

import java.time.Duration;
import java.time.Instant;

import io.punctual.shared.time.DatabaseClock;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The database's time, as it is known without asking.
 */
class DeliveryClockTests {

	private static final Duration AHEAD = Duration.ofHours(1);

	private Duration standsStill = Duration.ZERO;

	private Duration ahead = AHEAD;

	private final DatabaseClock database = () -> {
		try {
			// Before the database says its time: half of this is taken for its way here.
			Thread.sleep(this.standsStill);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
		return Instant.now().plus(this.ahead);
	};

	private final DeliveryClock clock = new DeliveryClock(this.database);

	@Test
	void isTheDatabasesOnceThatWasMeasured() {
		this.clock.measure();
		assertIsAhead(AHEAD);
	}

	@Test
	void aProcessThatStoodStillWhileItMeasuredKeepsWhatItKnew() {
		this.clock.measure();
		Duration before = ahead();
		this.standsStill = Duration.ofSeconds(3);
		this.clock.measure();
		assertThat(ahead().minus(before).abs()).isLessThan(Duration.ofMillis(500));
	}

	@Test
	void aBetterMeasurementTakesThePlaceOfAWorseOne() {
		this.standsStill = Duration.ofSeconds(3);
		this.clock.measure();
		assertThat(ahead().minus(AHEAD)).isGreaterThan(Duration.ofSeconds(1));
		this.standsStill = Duration.ZERO;
		this.clock.measure();
		assertIsAhead(AHEAD);
	}

	@Test
	void aClockThatWasSetIsFollowed() {
		this.clock.measure();
		this.ahead = AHEAD.plusHours(1);
		for (int i = 0; i < 1000 && ahead().minus(AHEAD).compareTo(Duration.ofMinutes(30)) < 0; i++) {
			this.clock.measure();
		}
		assertIsAhead(this.ahead);
	}

	private void assertIsAhead(Duration expected) {
		assertThat(ahead().minus(expected).abs()).isLessThan(Duration.ofMillis(500));
	}

	private Duration ahead() {
		return Duration.between(Instant.now(), this.clock.now());
	}

}
