package io.punctual.shared.contract;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import org.jspecify.annotations.Nullable;

/**
 * What an agreement says of its components' availability. What it leaves out is measured
 * by the defaults.
 *
 * @param targetPpm the least availability of each component in a month that is promised,
 * in millionths of the committed time, from 1 to 1,000,000; absent: none is promised
 * @param majorPermille how much a major impairment weighs, in thousandths of an outage,
 * from 0 to 1,000; {@value #DEFAULT_MAJOR_PERMILLE} if absent
 * @param partialPermille how much a partial one weighs, at most as much as a major one;
 * {@value #DEFAULT_PARTIAL_PERMILLE} if absent
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record AvailabilityTerms(@Nullable Integer targetPpm, @Nullable Integer majorPermille,
		@Nullable Integer partialPermille) {

	/** What 100 % is. */
	public static final int WHOLE_PPM = 1_000_000;

	public static final int DEFAULT_MAJOR_PERMILLE = 1_000;

	public static final int DEFAULT_PARTIAL_PERMILLE = 300;

	/** What holds where an agreement says nothing of availability. */
	public static final AvailabilityTerms DEFAULT = new AvailabilityTerms(null, null, null);

	/**
	 * How much an impairment weighs.
	 * @param level how much is impaired
	 * @return thousandths of an outage, 0 to 1,000
	 */
	public int permille(ImpactLevel level) {
		return switch (level) {
			case NONE -> 0;
			case PARTIAL -> (this.partialPermille != null) ? this.partialPermille : DEFAULT_PARTIAL_PERMILLE;
			case MAJOR -> (this.majorPermille != null) ? this.majorPermille : DEFAULT_MAJOR_PERMILLE;
		};
	}

}
