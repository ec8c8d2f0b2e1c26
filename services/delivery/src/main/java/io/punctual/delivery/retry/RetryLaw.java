package io.punctual.delivery.retry;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;

import org.jspecify.annotations.Nullable;

/**
 * The retry law: it knows the promise, so that a receiver that is healthy for the last 22
 * s before due is reached in time. See {@code docs/decisions/retry-law.md}.
 */
public final class RetryLaw {

	/**
	 * One attempt is kept for this long before due: it may hang 10 s and still leaves
	 * time.
	 */
	public static final Duration RESERVE = Duration.ofSeconds(12);

	private static final Duration LEAST_WAIT = Duration.ofSeconds(2);

	private static final Duration LEAST_CAP = Duration.ofSeconds(60);

	private static final Duration MOST_CAP = Duration.ofMinutes(5);

	private static final Duration LATE_CAP = Duration.ofMinutes(15);

	private static final double JITTER = 0.2;

	private RetryLaw() {
	}

	/**
	 * When to try again after a failed attempt.
	 * @param promise what is to be kept
	 * @param failed the failed attempt
	 * @param random 0 (inclusive) to 1 (exclusive): how much of the jitter of 20 % is
	 * taken off the wait
	 * @return never before the attempt's end
	 */
	public static Instant next(Promise promise, AttemptTimes failed, double random) {
		Instant due = promise.dueAt();
		Duration wait = wait(promise, failed.start(), random);
		Instant next = later(failed.end(), failed.start().plus(wait));
		next = honour(failed.retryAfter(), next, failed.end(), due);
		if (due != null) {
			Instant reserved = due.minus(RESERVE);
			if (failed.start().isBefore(reserved)) {
				next = earlier(next, later(reserved, failed.end()));
			}
		}
		return next;
	}

	/**
	 * When to probe a failing endpoint: the earliest instant that any of its pending
	 * deliveries asks for, as if the failed attempt had been its own. The oldest alone
	 * would break nearly every new promise after an outage of hours.
	 * @param pending everything that waits for the endpoint
	 * @param failed the last failed attempt there
	 * @param random as for {@link #next}
	 * @return the instant, or null if nothing waits
	 */
	public static @Nullable Instant nextProbe(Collection<Promise> pending, AttemptTimes failed, double random) {
		return pending.stream().map((promise) -> next(promise, failed, random)).min(Instant::compareTo).orElse(null);
	}

	private static Duration wait(Promise promise, Instant start, double random) {
		Duration elapsed = Duration.between(promise.startedAt(), start);
		Duration wait = clamp(elapsed.dividedBy(4), LEAST_WAIT, cap(promise, start));
		return wait.minusNanos((long) (wait.toNanos() * JITTER * random));
	}

	private static Duration cap(Promise promise, Instant start) {
		Instant due = promise.dueAt();
		if (due == null || !start.isBefore(due)) {
			return LATE_CAP;
		}
		return clamp(Duration.between(start, due).dividedBy(8), LEAST_CAP, MOST_CAP);
	}

	private static Instant honour(@Nullable Instant retryAfter, Instant next, Instant end, @Nullable Instant due) {
		if (retryAfter == null || !retryAfter.isAfter(next)) {
			return next;
		}
		if (due == null || !end.isBefore(due)) {
			return retryAfter;
		}
		// The latest attempt that has a chance to be in time; never past due.
		return later(next, earlier(retryAfter, due.minus(LEAST_WAIT)));
	}

	private static Duration clamp(Duration value, Duration least, Duration most) {
		if (value.compareTo(least) < 0) {
			return least;
		}
		return (value.compareTo(most) > 0) ? most : value;
	}

	private static Instant earlier(Instant a, Instant b) {
		return a.isBefore(b) ? a : b;
	}

	private static Instant later(Instant a, Instant b) {
		return a.isAfter(b) ? a : b;
	}

}
