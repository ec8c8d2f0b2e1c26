package io.punctual.sla.credit;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.punctual.shared.contract.AgreementTerms.Objective;
import org.jspecify.annotations.Nullable;

/**
 * What one version of an agreement credits a month with. All amounts are whole minor
 * units of the currency.
 *
 * @param availability the share of the fee; absent if no threshold was missed
 * @param breaches what missed promises are worth, by objective
 * @param uncappedMinor the sum
 * @param amountMinor the sum, or the agreement's cap if that is less
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Credit(String agreementId, int agreementVersion, String currency, @Nullable Share availability,
		List<Missed> breaches, long uncappedMinor, long amountMinor) {

	/**
	 * A share of the monthly fee.
	 *
	 * @param componentId the component with the lowest availability
	 * @param availability its availability, six digits
	 * @param belowPpm the lowest threshold that it is below
	 * @param basisPoints that threshold's share
	 * @param amountMinor the share of the fee, half a unit rounded up
	 */
	@JsonIgnoreProperties(ignoreUnknown = true)
	public record Share(String componentId, String availability, int belowPpm, int basisPoints, long amountMinor) {
	}

	/**
	 * Missed promises of one objective.
	 */
	@JsonIgnoreProperties(ignoreUnknown = true)
	public record Missed(Objective objective, long missed, long amountMinor) {
	}

}
