package io.punctual.sla.credit;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.punctual.shared.calendar.CalendarDefinition;
import io.punctual.shared.contract.AgreementTerms;
import io.punctual.shared.contract.AgreementTerms.Objective;
import io.punctual.shared.contract.CreditTerms;
import io.punctual.sla.availability.ComponentAvailability;
import io.punctual.sla.availability.Facts;
import io.punctual.sla.availability.Measured;
import io.punctual.sla.credit.Credits.Version;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What misses are worth, to the last minor unit.
 */
class CreditsTests {

	private static final Version FIRST = new Version("agr_1", 1);

	private static final CreditTerms TERMS = new CreditTerms("EUR", 999_999L, null,
			List.of(new CreditTerms.Tier(999_000, 500), new CreditTerms.Tier(990_000, 2_500)),
			List.of(new CreditTerms.Breach(Objective.DELIVERY, 1_000)));

	@Test
	void theLowestComponentDecidesAndTheLowestThresholdThatItIsBelow() {
		Credit credit = credit(TERMS, Map.of(), component("cmp_1", "0.998999", 1), component("cmp_2", "0.989999", 1),
				component("cmp_3", "1.000000", 1));
		assertThat(credit.availability()).isEqualTo(new Credit.Share("cmp_2", "0.989999", 990_000, 2_500, 250_000));
		assertThat(credit.amountMinor()).isEqualTo(250_000);
	}

	@Test
	void aThresholdThatIsReachedIsNotMissedAndHalfAUnitIsRoundedUp() {
		assertThat(credit(TERMS, Map.of(), component("cmp_1", "0.999000", 1)).availability()).isNull();
		assertThat(credit(TERMS, Map.of(), component("cmp_1", "0.998999", 1)).amountMinor()).as("49,999.95")
			.isEqualTo(50_000);
		CreditTerms half = new CreditTerms("JPY", 10_050L, null, List.of(new CreditTerms.Tier(999_000, 100)),
				List.of());
		assertThat(credit(half, Map.of(), component("cmp_1", "0.500000", 1)).amountMinor()).as("100.5").isEqualTo(101);
		CreditTerms less = new CreditTerms("JPY", 10_049L, null, List.of(new CreditTerms.Tier(999_000, 100)),
				List.of());
		assertThat(credit(less, Map.of(), component("cmp_1", "0.500000", 1)).amountMinor()).as("100.49").isEqualTo(100);
	}

	@Test
	void missesAreWorthTheirAmountsUpToTheCap() {
		Credit credit = credit(TERMS, Map.of(FIRST, Map.of(Objective.DELIVERY, 3L, Objective.FIRST_UPDATE, 9L)));
		assertThat(credit.breaches()).containsExactly(new Credit.Missed(Objective.DELIVERY, 3, 3_000));
		assertThat(credit.amountMinor()).isEqualTo(3_000);
		CreditTerms capped = new CreditTerms("EUR", 999_999L, 51_000L, TERMS.tiers(), TERMS.breaches());
		Credit most = credit(capped, Map.of(FIRST, Map.of(Objective.DELIVERY, 3L)), component("cmp_1", "0.998000", 1));
		assertThat(most.uncappedMinor()).isEqualTo(53_000);
		assertThat(most.amountMinor()).isEqualTo(51_000);
	}

	@Test
	void eachVersionCreditsWhatWasPromisedByIt() {
		CreditTerms other = new CreditTerms("USD", 100L, null, List.of(new CreditTerms.Tier(999_000, 10_000)),
				List.of(new CreditTerms.Breach(Objective.DELIVERY, 7)));
		List<Credit> credits = Credits.of(List.of(terms(1, TERMS), terms(2, other), terms(3, null)),
				Map.of(FIRST, Map.of(Objective.DELIVERY, 1L), new Version("agr_1", 3), Map.of(Objective.DELIVERY, 1L)),
				List.of(component("cmp_1", "0.100000", 2)));
		assertThat(credits).containsExactly(
				new Credit("agr_1", 1, "EUR", null, List.of(new Credit.Missed(Objective.DELIVERY, 1, 1_000)), 1_000,
						1_000),
				new Credit("agr_1", 2, "USD", new Credit.Share("cmp_1", "0.100000", 999_000, 10_000, 100), List.of(),
						100, 100));
	}

	@Test
	void aCreditIsRightOnlyByItsOwnNumbers() {
		Credit credit = credit(TERMS, Map.of(FIRST, Map.of(Objective.DELIVERY, 2L)), component("cmp_1", "0.900000", 1));
		assertThat(Credits.isRight(credit, TERMS)).isTrue();
		Credit.Share share = new Credit.Share("cmp_1", "0.900000", 990_000, 2_500, 250_001);
		assertThat(Credits.isRight(
				new Credit("agr_1", 1, "EUR", share, credit.breaches(), credit.uncappedMinor(), credit.amountMinor()),
				TERMS))
			.isFalse();
		assertThat(Credits.isRight(new Credit("agr_1", 1, "EUR", credit.availability(), credit.breaches(),
				credit.uncappedMinor() + 1, credit.amountMinor() + 1), TERMS))
			.isFalse();
		assertThat(Credits.isRight(new Credit("agr_1", 1, "EUR", credit.availability(),
				List.of(new Credit.Missed(Objective.DELIVERY, 3, 2_000)), credit.uncappedMinor(), credit.amountMinor()),
				TERMS))
			.isFalse();
	}

	private static Credit credit(CreditTerms terms, Map<Version, Map<Objective, Long>> missed,
			ComponentAvailability... components) {
		return Credits.of(List.of(terms(1, terms)), missed, List.of(components)).getFirst();
	}

	private static AgreementTerms terms(int version, @Nullable CreditTerms credits) {
		return new AgreementTerms("agr_1", version, "Gold",
				new AgreementTerms.Calendar("cal_1", 1, new CalendarDefinition("Etc/UTC", Map.of(), Map.of())),
				new AgreementTerms.Channels(List.of(AgreementTerms.Channel.WEBHOOK), AgreementTerms.Rule.ANY),
				List.of(), false, null, null, credits);
	}

	private static ComponentAvailability component(String componentId, String availability, int version) {
		Instant from = Instant.parse("2026-09-01T00:00:00Z");
		Instant to = Instant.parse("2026-10-01T00:00:00Z");
		return new ComponentAvailability(new Facts(componentId, from, to,
				List.of(new Facts.Span(from, to, "agr_1", version)), List.of(), List.of()),
				new Measured(1, List.of(), 1, availability, null, null, List.of(), List.of()));
	}

}
