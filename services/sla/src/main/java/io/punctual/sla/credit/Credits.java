package io.punctual.sla.credit;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import io.punctual.shared.contract.AgreementTerms;
import io.punctual.shared.contract.AgreementTerms.Objective;
import io.punctual.shared.contract.CreditTerms;
import io.punctual.sla.availability.ComponentAvailability;
import io.punctual.sla.availability.Facts;
import io.punctual.sla.credit.Credit.Missed;
import io.punctual.sla.credit.Credit.Share;
import org.jspecify.annotations.Nullable;

/**
 * Computes credits in whole minor units, each version of an agreement by itself. See
 * {@code docs/decisions/credits.md}.
 */
public final class Credits {

	private static final int DIGITS = 6;

	private Credits() {
	}

	/**
	 * What a month is credited with.
	 * @param terms versions of agreements; those without credits are passed over
	 * @param missed how many promises were missed under a version, by objective
	 * @param components the components' availability in the month
	 * @return a credit for each version that has credits, in the order of the terms; it
	 * may come to zero
	 */
	public static List<Credit> of(Collection<AgreementTerms> terms, Map<Version, Map<Objective, Long>> missed,
			List<ComponentAvailability> components) {
		List<Credit> credits = new ArrayList<>();
		for (AgreementTerms one : terms) {
			CreditTerms promised = one.credits();
			if (promised != null) {
				Version version = new Version(one.agreementId(), one.version());
				Share share = lowest(components, version).flatMap((component) -> share(promised, component))
					.orElse(null);
				credits
					.add(credit(version, promised, share, breaches(promised, missed.getOrDefault(version, Map.of()))));
			}
		}
		return credits;
	}

	/**
	 * Whether a credit is what its own numbers and the terms come to.
	 * @param credit as it was said
	 * @param terms the terms of its version
	 * @return whether each amount and sum of it is right
	 */
	public static boolean isRight(Credit credit, CreditTerms terms) {
		Share said = credit.availability();
		Share share = (said != null) ? share(terms, said.componentId(), said.availability()).orElse(null) : null;
		List<Missed> breaches = credit.breaches()
			.stream()
			.map((one) -> new Missed(one.objective(), one.missed(),
					Math.multiplyExact(one.missed(), worth(terms, one.objective()))))
			.toList();
		return credit
			.equals(credit(new Version(credit.agreementId(), credit.agreementVersion()), terms, share, breaches));
	}

	private static Credit credit(Version version, CreditTerms terms, @Nullable Share share, List<Missed> breaches) {
		long sum = (share != null) ? share.amountMinor() : 0;
		for (Missed one : breaches) {
			sum = Math.addExact(sum, one.amountMinor());
		}
		Long cap = terms.monthlyCapMinor();
		return new Credit(version.agreementId(), version.number(), terms.currency(), share, breaches, sum,
				(cap != null) ? Math.min(cap, sum) : sum);
	}

	private static List<Missed> breaches(CreditTerms terms, Map<Objective, Long> missed) {
		List<Missed> breaches = new ArrayList<>();
		for (CreditTerms.Breach one : terms.breaches()) {
			long count = missed.getOrDefault(one.objective(), 0L);
			if (count > 0) {
				breaches.add(new Missed(one.objective(), count, Math.multiplyExact(count, one.amountMinor())));
			}
		}
		return breaches;
	}

	private static long worth(CreditTerms terms, Objective objective) {
		return terms.breaches()
			.stream()
			.filter((one) -> one.objective() == objective)
			.mapToLong(CreditTerms.Breach::amountMinor)
			.findFirst()
			.orElse(0);
	}

	/** The worst of those that a version was the last to promise in the month. */
	private static Optional<ComponentAvailability> lowest(List<ComponentAvailability> components, Version version) {
		return components.stream()
			.filter((one) -> one.measured().availability() != null && version.equals(lastOf(one.facts())))
			.min(Comparator.comparing((one) -> new BigDecimal(Objects.requireNonNull(one.measured().availability()))));
	}

	private static @Nullable Version lastOf(Facts facts) {
		return facts.spans().isEmpty() ? null
				: new Version(facts.spans().getLast().agreementId(), facts.spans().getLast().agreementVersion());
	}

	private static Optional<Share> share(CreditTerms terms, ComponentAvailability component) {
		return share(terms, component.facts().componentId(),
				Objects.requireNonNull(component.measured().availability()));
	}

	private static Optional<Share> share(CreditTerms terms, String componentId, String availability) {
		int ppm = new BigDecimal(availability).movePointRight(DIGITS).intValueExact();
		Long fee = terms.monthlyFeeMinor();
		return (fee != null) ? terms.tiers()
			.stream()
			.filter((tier) -> ppm < tier.belowPpm())
			.min(Comparator.comparingInt(CreditTerms.Tier::belowPpm))
			.map((tier) -> new Share(componentId, availability, tier.belowPpm(), tier.basisPoints(),
					(fee * tier.basisPoints() + 5_000) / 10_000))
				: Optional.empty();
	}

	/**
	 * A version of an agreement.
	 */
	public record Version(String agreementId, int number) {
	}

}
