package io.punctual.delivery.retry;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What a delivery has to keep: since when it is owed and by when it was promised.
 *
 * @param startedAt the beginning of its budget
 * @param dueAt the promised instant; null: best effort
 */
public record Promise(Instant startedAt, @Nullable Instant dueAt) {

	/** How long after its promise a delivery is given up. */
	public static final Duration HORIZON = Duration.ofHours(72);

	/** Best effort is sorted among the promised as if it were due in a day. */
	private static final Duration BEST_EFFORT = Duration.ofDays(1);

	/**
	 * The instant after which nothing more is tried.
	 * @return 72 h after due, or after the start where nothing was promised
	 */
	public Instant horizon() {
		return ((this.dueAt != null) ? this.dueAt : this.startedAt).plus(HORIZON);
	}

	/**
	 * What it is sorted by, among others that wait.
	 * @return due, or a day after the start where nothing was promised
	 */
	public Instant earliestDue() {
		return (this.dueAt != null) ? this.dueAt : this.startedAt.plus(BEST_EFFORT);
	}

	/**
	 * Whether an attempt now could still be in time.
	 * @param now the present instant
	 * @return false once due has passed, and for best effort
	 */
	public boolean canBeMet(Instant now) {
		return this.dueAt != null && !now.isAfter(this.dueAt);
	}

}
