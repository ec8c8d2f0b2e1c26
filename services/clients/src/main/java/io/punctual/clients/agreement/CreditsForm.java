package io.punctual.clients.agreement;

import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.punctual.shared.contract.AgreementTerms.Objective;
import io.punctual.shared.contract.AvailabilityTerms;
import io.punctual.shared.contract.CreditTerms;
import io.punctual.shared.problem.ProblemException;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * What callers write of credits.
 */
record CreditsForm(@NotNull String currency, @Nullable @Min(1) @Max(CreditsForm.MOST) Long monthlyFeeMinor,
		@Nullable @Min(1) @Max(CreditsForm.MOST) Long monthlyCapMinor,
		@Nullable @Size(max = 10) List<@NotNull @Valid TierForm> tiers,
		@Nullable @Size(max = 10) List<@NotNull @Valid BreachForm> breaches) {

	/** A hundred million of most currencies: a month's sums stay exact in JSON. */
	static final long MOST = 10_000_000_000L;

	/**
	 * The terms.
	 * @param promised the objectives that something is promised of
	 */
	CreditTerms toTerms(String pointer, Set<Objective> promised) {
		checkCurrency(pointer);
		List<TierForm> shares = (this.tiers != null) ? this.tiers : List.of();
		List<BreachForm> amounts = (this.breaches != null) ? this.breaches : List.of();
		if (shares.isEmpty() && amounts.isEmpty()) {
			throw ProblemException.invalid(pointer, "must have tiers or breaches");
		}
		if (!shares.isEmpty() && this.monthlyFeeMinor == null) {
			throw ProblemException.invalid(pointer + "/monthlyFeeMinor", "is what the tiers are shares of");
		}
		checkTiers(pointer + "/tiers/", shares);
		checkBreaches(pointer + "/breaches/", amounts, promised);
		return new CreditTerms(this.currency, this.monthlyFeeMinor, this.monthlyCapMinor,
				shares.stream().map((tier) -> new CreditTerms.Tier(tier.belowPpm(), tier.basisPoints())).toList(),
				amounts.stream()
					.map((breach) -> new CreditTerms.Breach(breach.objective(), breach.amountMinor()))
					.toList());
	}

	private void checkCurrency(String pointer) {
		try {
			if (Currency.getInstance(this.currency).getDefaultFractionDigits() >= 0) {
				return;
			}
		}
		catch (IllegalArgumentException ex) {
			// Said below.
		}
		throw ProblemException.invalid(pointer + "/currency", "must be a currency of ISO 4217, such as EUR");
	}

	private static void checkTiers(String place, List<TierForm> tiers) {
		for (int i = 1; i < tiers.size(); i++) {
			if (tiers.get(i).belowPpm() >= tiers.get(i - 1).belowPpm()) {
				throw ProblemException.invalid(place + i + "/belowPpm", "must be below the one before");
			}
			if (tiers.get(i).basisPoints() <= tiers.get(i - 1).basisPoints()) {
				throw ProblemException.invalid(place + i + "/basisPoints", "must be above the one before");
			}
		}
	}

	private static void checkBreaches(String place, List<BreachForm> breaches, Set<Objective> promised) {
		Set<Objective> seen = new HashSet<>();
		for (int i = 0; i < breaches.size(); i++) {
			Objective objective = breaches.get(i).objective();
			String field = place + i + "/objective";
			if (objective == Objective.ACKNOWLEDGEMENT) {
				throw ProblemException.invalid(field, "is up to the client");
			}
			if (!promised.contains(objective)) {
				throw ProblemException.invalid(field, "nothing is promised of it");
			}
			if (!seen.add(objective)) {
				throw ProblemException.invalid(field, "must not be there twice");
			}
		}
	}

	record TierForm(@Min(1) @Max(AvailabilityTerms.WHOLE_PPM) int belowPpm, @Min(1) @Max(10_000) int basisPoints) {
	}

	record BreachForm(@NotNull Objective objective, @Min(1) @Max(MOST) long amountMinor) {
	}

}
