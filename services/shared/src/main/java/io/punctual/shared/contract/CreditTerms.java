package io.punctual.shared.contract;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.punctual.shared.contract.AgreementTerms.Objective;
import org.jspecify.annotations.Nullable;

/**
 * What a month is credited with where promises were not kept: a share of the monthly fee
 * by the worst component's availability, an amount for each missed promise, and not more
 * than the cap. All amounts are whole minor units of the currency. See
 * {@code docs/decisions/credits.md}.
 *
 * @param currency ISO 4217, such as {@code EUR}
 * @param monthlyFeeMinor what the shares are of; there if there are tiers
 * @param monthlyCapMinor the most that one month is credited with; absent: no limit
 * @param tiers shares by availability, the highest threshold first
 * @param breaches amounts by objective
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record CreditTerms(String currency, @Nullable Long monthlyFeeMinor, @Nullable Long monthlyCapMinor,
		List<Tier> tiers, List<Breach> breaches) {

	/**
	 * A share of the fee, where availability is below a threshold and not below a lower
	 * one.
	 *
	 * @param belowPpm millionths of the committed time
	 * @param basisPoints hundredths of a percent of the monthly fee, 1 to 10,000
	 */
	@JsonIgnoreProperties(ignoreUnknown = true)
	public record Tier(int belowPpm, int basisPoints) {
	}

	/**
	 * What each missed promise is worth; an excused one is worth nothing.
	 */
	@JsonIgnoreProperties(ignoreUnknown = true)
	public record Breach(Objective objective, long amountMinor) {
	}

}
