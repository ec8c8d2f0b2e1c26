package io.punctual.sla.availability;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.punctual.shared.contract.ImpactLevel;
import org.jspecify.annotations.Nullable;

/**
 * A component's availability in a period, and the sum that it comes from:
 * {@code availability = 1 − unavailableMicros / (1,000 · committedMillis)}, and
 * {@code unavailableMicros = Σ permille · millis} over what impaired it. A thousandth of
 * a millisecond is a microsecond, so there are no fractions.
 *
 * @param committedMillis the service time of the period
 * @param impacted the service time that counts as impaired; where several notices impair
 * it at once, the greatest weight holds
 * @param unavailableMicros the weighted sum
 * @param availability six digits, rounded down; absent if nothing was committed
 * @param targetPpm what was promised at the period's end, in millionths; absent: nothing
 * @param met whether that was kept; absent without a target or without a figure
 * @param excluded impaired service time that does not count, by notice
 * @param counted maintenance that counts, by notice, and why it earned no exclusion
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Measured(long committedMillis, List<Impacted> impacted, long unavailableMicros,
		@Nullable String availability, @Nullable Integer targetPpm, @Nullable Boolean met, List<Excluded> excluded,
		List<Counted> counted) {

	/**
	 * Service time at one level.
	 *
	 * @param permille its weight by the agreement, in thousandths
	 */
	@JsonIgnoreProperties(ignoreUnknown = true)
	public record Impacted(ImpactLevel level, int permille, long millis) {
	}

	/**
	 * Service time that one notice impaired and that does not count.
	 */
	@JsonIgnoreProperties(ignoreUnknown = true)
	public record Excluded(String noticeId, Reason reason, long millis) {

		/**
		 * Why not.
		 */
		public enum Reason {

			/** An exercise. */
			DRILL,
			/** Maintenance, announced in time, inside the window and the cap. */
			MAINTENANCE

		}

	}

	/**
	 * Service time that maintenance impaired and that counts.
	 */
	@JsonIgnoreProperties(ignoreUnknown = true)
	public record Counted(String noticeId, Reason reason, long millis) {

		/**
		 * Why it earned no exclusion.
		 */
		public enum Reason {

			/** The agreement excludes no maintenance. */
			NOT_AGREED,
			/** No window of it was announced in time. */
			ANNOUNCED_LATE,
			/** It began before the window or went on after it. */
			OUTSIDE_WINDOW,
			/** The month's cap was used up. */
			OVER_CAP

		}

	}

}
