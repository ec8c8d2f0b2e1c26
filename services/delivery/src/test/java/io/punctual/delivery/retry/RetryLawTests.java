package io.punctual.delivery.retry;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RetryLawTests {

	private static final Instant START = Instant.parse("2026-03-02T10:00:00Z");

	@Test
	void waitsAQuarterOfWhatHasElapsed() {
		assertThat(next(300, 40, 0.1)).isEqualTo(START.plusSeconds(50));
	}

	@Test
	void waitsAtLeastTwoSeconds() {
		assertThat(next(300, 0, 0.1)).isEqualTo(START.plusSeconds(2));
	}

	@Test
	void neverTriesBeforeTheAttemptHasEnded() {
		assertThat(next(300, 0, 10)).isEqualTo(START.plusSeconds(10));
	}

	@Test
	void keepsOneAttemptForTwelveSecondsBeforeDue() {
		assertThat(next(60, 44, 1)).isEqualTo(START.plusSeconds(48));
	}

	@Test
	void triesAtOnceWhenTheReservedInstantPassedDuringTheAttempt() {
		assertThat(next(60, 47, 10)).isEqualTo(START.plusSeconds(57));
	}

	@Test
	void capsTheWaitBeforeDueAtFiveMinutes() {
		assertThat(next(7200, 3600, 1)).isEqualTo(START.plusSeconds(3600 + 300));
	}

	@Test
	void capsTheWaitAfterDueAtFifteenMinutes() {
		assertThat(next(300, 86_400, 1)).isEqualTo(START.plusSeconds(86_400 + 900));
	}

	@Test
	void honoursRetryAfterBeforeDue() {
		Promise promise = new Promise(START, START.plusSeconds(300));
		AttemptTimes failed = new AttemptTimes(START, START.plusMillis(5), START.plusSeconds(120));
		assertThat(RetryLaw.next(promise, failed, 0)).isEqualTo(START.plusSeconds(120));
	}

	@Test
	void probesByTheNewestDelivery() {
		Promise old = new Promise(START.minusSeconds(86_400), START.minusSeconds(86_000));
		Promise fresh = new Promise(START, START.plusSeconds(60));
		AttemptTimes failed = new AttemptTimes(START.plusSeconds(1), START.plusSeconds(1), null);
		assertThat(RetryLaw.nextProbe(List.of(old, fresh), failed, 0)).isEqualTo(START.plusSeconds(3));
		assertThat(RetryLaw.nextProbe(List.of(), failed, 0)).isNull();
	}

	@Test
	void givesUpThreeDaysAfterDue() {
		assertThat(new Promise(START, START.plusSeconds(60)).horizon())
			.isEqualTo(START.plusSeconds(60).plus(Duration.ofHours(72)));
		assertThat(new Promise(START, null).horizon()).isEqualTo(START.plus(Duration.ofHours(72)));
	}

	@Property
	void retryAfterNeverSkipsTheReservedAttemptNorDue(@ForAll @IntRange(min = 30, max = 3600) int dueSeconds,
			@ForAll @IntRange(max = 3599) int at, @ForAll @IntRange(max = 100_000) int retryAfter,
			@ForAll @DoubleRange(max = 0.99) double random) {
		Promise promise = new Promise(START, START.plusSeconds(dueSeconds));
		Instant start = START.plusSeconds(at);
		AttemptTimes failed = new AttemptTimes(start, start.plusMillis(30), start.plusSeconds(retryAfter));
		AttemptTimes unasked = new AttemptTimes(start, start.plusMillis(30), null);
		Instant next = RetryLaw.next(promise, failed, random);
		if (at < dueSeconds - 12) {
			assertThat(next).isBeforeOrEqualTo(START.plusSeconds(dueSeconds - 12));
		}
		else if (at < dueSeconds && RetryLaw.next(promise, unasked, random).isBefore(START.plusSeconds(dueSeconds))) {
			assertThat(next).isBefore(START.plusSeconds(dueSeconds));
		}
		assertThat(next).isAfterOrEqualTo(failed.end());
	}

	@Property
	void waitsWithinItsBounds(@ForAll @IntRange(min = 30, max = 7200) int dueSeconds,
			@ForAll @IntRange(max = 300_000) int at, @ForAll @IntRange(max = 10_000) int lasted,
			@ForAll @DoubleRange(max = 0.99) double random) {
		Instant start = START.plusSeconds(at);
		Instant end = start.plusMillis(lasted);
		Instant next = RetryLaw.next(new Promise(START, START.plusSeconds(dueSeconds)),
				new AttemptTimes(start, end, null), random);
		assertThat(next).isAfterOrEqualTo(end).isBeforeOrEqualTo(end.plusSeconds(900));
		if (at >= dueSeconds) {
			assertThat(Duration.between(start, next)).isGreaterThanOrEqualTo(Duration.ofMillis(1600));
		}
	}

	private static Instant next(int dueSeconds, int atSeconds, double lastedSeconds) {
		Instant start = START.plusSeconds(atSeconds);
		Instant end = start.plusMillis((long) (lastedSeconds * 1000));
		return RetryLaw.next(new Promise(START, START.plusSeconds(dueSeconds)), new AttemptTimes(start, end, null), 0);
	}

}
