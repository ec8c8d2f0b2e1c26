package io.punctual.local.edge.throttle;

import io.punctual.local.edge.document.Settings.Limit;
import io.punctual.local.edge.gateway.GatewayException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How exactly a throttle lets requests in, on a clock of the test's own.
 */
class BucketsTests {

	private static final long SECOND = 1_000_000_000L;

	private long now = 1;

	private final Buckets buckets = new Buckets(() -> this.now);

	@ParameterizedTest
	@CsvSource({ "10, 5", "20, 40", "500, 1", "5000, 5000", "0.5, 3", "7, 7", "333.3, 10" })
	void admitsTheBurstAtOnceAndThenTheRate(double rate, long burst) {
		Limit limit = new Limit(rate, burst);
		assertThat(admitted(limit, burst * 3, 0)).isEqualTo(burst);
		long seconds = 10;
		long sent = Math.round(rate * 10 * seconds);
		double expected = rate * seconds;
		assertThat((double) admitted(limit, sent, seconds * SECOND / sent)).isBetween(Math.floor(expected * 0.95),
				Math.ceil(expected * 1.05));
	}

	@Test
	void savesUpNoMoreThanTheBurst() {
		Limit limit = new Limit(10, 5);
		admitted(limit, 5, 0);
		this.now += 3_600 * SECOND;
		assertThat(admitted(limit, 50, 0)).isEqualTo(5);
	}

	@Test
	void admitsNothingAtARateOfNothing() {
		assertThat(admitted(new Limit(0, 0), 10, SECOND)).isZero();
		assertThat(admitted(new Limit(0, 5), 10, SECOND)).isZero();
	}

	@Test
	void keepsEachNameABucketOfItsOwn() {
		this.buckets.take("one", new Limit(1, 1));
		this.buckets.take("two", new Limit(1, 1));
		this.buckets.take("unlimited", null);
		assertThat(admitted("one", new Limit(1, 1), 1, 0)).isZero();
	}

	private long admitted(Limit limit, long requests, long interval) {
		return admitted("a", limit, requests, interval);
	}

	private long admitted(String name, Limit limit, long requests, long interval) {
		long admitted = 0;
		for (long i = 0; i < requests; i++) {
			this.now += interval;
			try {
				this.buckets.take(name, limit);
				admitted++;
			}
			catch (GatewayException ex) {
				assertThat(ex.status()).isEqualTo(429);
			}
		}
		return admitted;
	}

}
