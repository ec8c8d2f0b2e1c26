package io.punctual.sla.statement;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.punctual.shared.contract.AgreementTerms;
import io.punctual.shared.contract.AgreementTerms.Objective;
import io.punctual.sla.availability.ComponentAvailability;
import io.punctual.sla.availability.Facts;
import io.punctual.sla.availability.Histories;
import io.punctual.sla.availability.History;
import io.punctual.sla.availability.Measurement;
import io.punctual.sla.clock.Clock;
import io.punctual.sla.clock.TermsStore;
import io.punctual.sla.credit.Credit;
import io.punctual.sla.credit.Credits;
import io.punctual.sla.credit.Credits.Version;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Works out what a statement says of availability and of credits: of its month, and of
 * the year before as far as that has become different.
 */
@Component
class Figures {

	/** What becomes known later than this changes nothing any more. */
	private static final int MONTHS = 13;

	private final Histories histories;

	private final SaidFigures said;

	private final TermsStore terms;

	Figures(Histories histories, SaidFigures said, TermsStore terms) {
		this.histories = histories;
		this.said = said;
		this.terms = terms;
	}

	/**
	 * The figures of a month, and the adjustments of those that are stated.
	 * @param period the month, which is over and settled
	 * @param due the month's clocks, as the statement says them
	 * @param late earlier months' clocks, as the statement adjusts them
	 * @param clocks the versions of agreements that the statement's clocks are pinned to
	 */
	Of of(String clientId, String period, List<Clock> due, List<Clock> late, List<AgreementTerms> clocks) {
		List<String> before = this.said.periods(clientId, MONTHS);
		History history = this.histories.of(clientId, null, start(before.isEmpty() ? period : before.getLast()));
		List<ComponentAvailability> components = measure(history, period);
		List<StatedAvailability.Adjustment> availability = new ArrayList<>();
		List<StatedCredits.Adjustment> credits = new ArrayList<>();
		Map<Version, AgreementTerms> needed = new LinkedHashMap<>();
		add(needed, clocks);
		add(needed, terms(history, components));
		List<Credit> granted = Credits.of(sorted(needed), missed(due), components)
			.stream()
			.filter((one) -> one.uncappedMinor() > 0)
			.toList();
		for (String month : before.reversed()) {
			List<ComponentAvailability> now = measure(history, month);
			Map<String, StatedAvailability.Before> then = this.said.availability(clientId, month);
			for (ComponentAvailability one : now) {
				StatedAvailability.Before former = then.get(one.facts().componentId());
				if (former == null || !former.says(one)) {
					availability.add(new StatedAvailability.Adjustment(month, former, one));
					add(needed, terms(history, List.of(one)));
				}
			}
			for (Credit one : creditsOf(clientId, month, late, history, now)) {
				Version version = new Version(one.agreementId(), one.agreementVersion());
				StatedCredits.Before former = this.said.credits(clientId, month).get(version);
				if ((former != null) ? !former.credit().equals(one) : one.uncappedMinor() > 0) {
					credits.add(StatedCredits.Adjustment.of(month, former, one));
					add(needed, List.of(this.terms.get(version.agreementId(), version.number())));
				}
			}
		}
		return new Of(new StatedAvailability(components, availability, countedFrom(history, period)),
				new StatedCredits(granted, credits), sorted(needed));
	}

	/** Takes note of what a statement says. */
	void said(String clientId, String period, long number, Of figures) {
		Map<String, List<ComponentAvailability>> availability = new TreeMap<>();
		availability.put(period, figures.availability().components());
		figures.availability()
			.adjustments()
			.forEach((one) -> availability.computeIfAbsent(one.period(), (key) -> new ArrayList<>()).add(one.now()));
		Map<String, List<Credit>> credits = new TreeMap<>();
		credits.put(period, figures.credits().granted());
		figures.credits()
			.adjustments()
			.forEach((one) -> credits.computeIfAbsent(one.period(), (key) -> new ArrayList<>()).add(one.now()));
		this.said.said(clientId, number, availability, credits);
	}

	private static Map<Version, Map<Objective, Long>> missed(List<Clock> clocks) {
		return add(new HashMap<>(), clocks);
	}

	private static Map<Version, Map<Objective, Long>> add(Map<Version, Map<Objective, Long>> missed,
			List<Clock> clocks) {
		clocks.stream()
			.filter(Clock::countsAsMiss)
			.forEach((clock) -> missed
				.computeIfAbsent(new Version(clock.terms().agreementId(), clock.terms().agreementVersion()),
						(key) -> new EnumMap<>(Objective.class))
				.merge(clock.objective(), 1L, Long::sum));
		return missed;
	}

	/**
	 * Of the very clocks that the statement adjusts: one that changes from now on is the
	 * next statement's, and so is what that comes to.
	 */
	private List<Credit> creditsOf(String clientId, String month, List<Clock> late, History history,
			List<ComponentAvailability> components) {
		List<Clock> changed = late.stream().filter((clock) -> clock.period().equals(month)).toList();
		Map<Version, Map<Objective, Long>> missed = add(
				this.said.missed(clientId, month, changed.stream().map(Clock::clockId).toList()), changed);
		Map<Version, AgreementTerms> all = new LinkedHashMap<>();
		add(all, terms(history, components));
		Stream.concat(missed.keySet().stream(), this.said.credits(clientId, month).keySet().stream())
			.forEach((one) -> all.computeIfAbsent(one, (key) -> this.terms.get(key.agreementId(), key.number())));
		return Credits.of(sorted(all), missed, components);
	}

	private static List<ComponentAvailability> measure(History history, String period) {
		YearMonth month = YearMonth.parse(period);
		List<Facts> facts = history.components()
			.stream()
			.map((one) -> history.facts(one, month.atDay(1), month.plusMonths(1).atDay(1), Instant.MAX))
			.filter((one) -> !one.spans().isEmpty())
			.toList();
		List<AgreementTerms> terms = history.terms(facts);
		return facts.stream().map((one) -> new ComponentAvailability(one, Measurement.of(one, terms))).toList();
	}

	private static @Nullable Instant countedFrom(History history, String period) {
		YearMonth month = YearMonth.parse(period);
		return history.countedFrom(month.atDay(1), month.plusMonths(1).atDay(1));
	}

	private static List<AgreementTerms> terms(History history, List<ComponentAvailability> components) {
		return history.terms(components.stream().map(ComponentAvailability::facts).toList());
	}

	private static void add(Map<Version, AgreementTerms> all, Collection<AgreementTerms> more) {
		more.forEach((one) -> all.putIfAbsent(new Version(one.agreementId(), one.version()), one));
	}

	private static List<AgreementTerms> sorted(Map<Version, AgreementTerms> terms) {
		return terms.values()
			.stream()
			.sorted(Comparator.comparing(AgreementTerms::agreementId).thenComparing(AgreementTerms::version))
			.toList();
	}

	/** Early enough in every zone. */
	private static Instant start(String period) {
		return YearMonth.parse(period).atDay(1).minusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC);
	}

	/**
	 * What is said, and the versions of agreements that it and the clocks need.
	 */
	record Of(StatedAvailability availability, StatedCredits credits, List<AgreementTerms> terms) {
	}

}
