package io.punctual.sla.statement;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.punctual.sla.credit.Credit;
import org.jspecify.annotations.Nullable;

/**
 * What a statement credits.
 *
 * @param granted for the month, by version of an agreement; those that come to nothing
 * are left out
 * @param adjustments what earlier months are credited with otherwise, by what has become
 * known since they were closed
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record StatedCredits(List<Credit> granted, List<Adjustment> adjustments) {

	/**
	 * An earlier month's credit that was said otherwise, or not at all.
	 *
	 * @param before what the last statement about it said; absent if none did
	 * @param now what it comes to now, zero included
	 * @param differenceMinor what is still to be credited; negative if too much was
	 */
	@JsonIgnoreProperties(ignoreUnknown = true)
	record Adjustment(String period, @Nullable Before before, Credit now, long differenceMinor) {

		static Adjustment of(String period, @Nullable Before before, Credit now) {
			return new Adjustment(period, before, now,
					now.amountMinor() - ((before != null) ? before.credit().amountMinor() : 0));
		}

	}

	/**
	 * What was said.
	 *
	 * @param number the statement that said it
	 */
	@JsonIgnoreProperties(ignoreUnknown = true)
	record Before(long number, Credit credit) implements Former {
	}

}
