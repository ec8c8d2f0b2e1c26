package io.punctual.sla.statement;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.punctual.shared.contract.AgreementTerms;
import io.punctual.shared.contract.AgreementTerms.Objective;
import io.punctual.shared.contract.CreditTerms;
import io.punctual.sla.availability.ComponentAvailability;
import io.punctual.sla.credit.Credit;
import io.punctual.sla.credit.Credits.Version;
import io.punctual.sla.statement.Statement.Result;
import org.jspecify.annotations.Nullable;

/**
 * What the statements of a chain have said, one after the other: an adjustment has to
 * begin where the last of them ended. What statements said that are not at hand cannot be
 * compared, and is counted.
 */
final class SaidBefore {

	private final Map<String, Clock> clocks = new HashMap<>();

	private final Map<Component, Figure> availability = new HashMap<>();

	private final Map<Version, Map<String, StatedCredits.Before>> credits = new HashMap<>();

	private final Set<String> periods = new HashSet<>();

	/** The first one that is at hand. */
	private long first = 1;

	/** The month of that one; empty until it is read. */
	private String since = "";

	private int compared;

	private int notCompared;

	/** Nothing is known of what was said before this number. */
	void beginWith(long number) {
		this.first = number;
	}

	/** How many adjustments of the last statement were compared. */
	int compared() {
		return this.compared;
	}

	/** How many of them could not be: what they refer to is not at hand. */
	int notCompared() {
		return this.notCompared;
	}

	/**
	 * Compare a statement with those before it, and take note of what it says.
	 * @param statement the next one of the chain, which comes out by itself
	 * @throws StatementFault if it adjusts something else than what was said
	 */
	void follow(Statement statement) {
		this.since = this.since.isEmpty() ? statement.period() : this.since;
		this.compared = 0;
		this.notCompared = 0;
		require(this.periods.add(statement.period()), statement, "states a month again: " + statement.period());
		for (Statement.Line line : statement.clocks()) {
			require(this.clocks.put(line.clockId(), Clock.of(statement, line)) == null, statement,
					"states a clock again: " + line.clockId());
		}
		for (Statement.Adjustment one : statement.adjustments()) {
			Statement.Line line = one.clock();
			Clock said = this.clocks.put(line.clockId(), Clock.of(statement, line));
			compare(statement, line.period(), line.clockId(), (said != null) ? said.before() : null, one.before());
		}
		if (statement.availability() != null) {
			availability(statement, statement.availability());
		}
		if (statement.credits() != null) {
			credits(statement, statement.credits());
		}
	}

	private void availability(Statement statement, StatedAvailability stated) {
		stated.components().forEach((one) -> keep(statement, statement.period(), one));
		for (StatedAvailability.Adjustment one : stated.adjustments()) {
			Figure said = keep(statement, one.period(), one.now());
			compare(statement, one.period(), one.now().facts().componentId(), (said != null) ? said.before() : null,
					one.before());
		}
	}

	private @Nullable Figure keep(Statement statement, String period, ComponentAvailability one) {
		return this.availability.put(new Component(period, one.facts().componentId()),
				new Figure(
						new StatedAvailability.Before(statement.number(), one.measured().committedMillis(),
								one.measured().unavailableMicros(), one.measured().targetPpm()),
						one.measured().availability()));
	}

	private void credits(Statement statement, StatedCredits stated) {
		stated.granted().forEach((one) -> keep(statement, statement.period(), one));
		for (StatedCredits.Adjustment one : stated.adjustments()) {
			StatedCredits.Before said = keep(statement, one.period(), one.now());
			compare(statement, one.period(), one.now().agreementId(), said, one.before());
			if (isWhole(one.period())) {
				comesFromWhatWasSaid(statement, one);
			}
		}
	}

	private StatedCredits.@Nullable Before keep(Statement statement, String period, Credit one) {
		return this.credits.computeIfAbsent(version(one), (key) -> new HashMap<>())
			.put(period, new StatedCredits.Before(statement.number(), one));
	}

	/** All clocks of the month were said by statements that are at hand. */
	private void comesFromWhatWasSaid(Statement statement, StatedCredits.Adjustment one) {
		CreditTerms terms = statement.terms()
			.stream()
			.filter((candidate) -> version(one.now()).equals(new Version(candidate.agreementId(), candidate.version())))
			.findFirst()
			.map(AgreementTerms::credits)
			.orElse(null);
		Map<Objective, Long> missed = new EnumMap<>(Objective.class);
		this.clocks.values()
			.stream()
			.filter((clock) -> clock.counts(one.period(), version(one.now()), terms))
			.forEach((clock) -> missed.merge(clock.objective(), 1L, Long::sum));
		Map<Objective, Long> credited = new EnumMap<>(Objective.class);
		one.now().breaches().forEach((breach) -> credited.merge(breach.objective(), breach.missed(), Long::sum));
		require(credited.equals(missed), statement,
				"credits %s for other misses than were stated of it".formatted(one.period()));
		Credit.Share share = one.now().availability();
		Figure figure = (share != null) ? this.availability.get(new Component(one.period(), share.componentId()))
				: null;
		require(share == null || (figure != null && share.availability().equals(figure.share())), statement,
				"credits %s by another availability than was stated of it".formatted(one.period()));
	}

	/**
	 * Whether what is said to have been said before was said, by the statement that is
	 * named, and by none since.
	 */
	private void compare(Statement statement, String period, String what, @Nullable Former said,
			@Nullable Former before) {
		boolean known = said != null || isWhole(period) || (before != null && before.number() >= this.first);
		if (!known) {
			this.notCompared++;
			return;
		}
		this.compared++;
		require(Objects.equals(said, before), statement,
				"adjusts what was not said before: of %s in %s it has %s, and there was %s".formatted(what, period,
						(before != null) ? before : "nothing", (said != null) ? said : "nothing"));
	}

	/** Whether all that was ever said of a month is at hand. */
	private boolean isWhole(String period) {
		return this.first == 1 || this.since.compareTo(period) <= 0;
	}

	private static Version version(Credit credit) {
		return new Version(credit.agreementId(), credit.agreementVersion());
	}

	private static void require(boolean condition, Statement statement, String what) {
		if (!condition) {
			throw new StatementFault(statement, what);
		}
	}

	/**
	 * A component's month.
	 */
	private record Component(String period, String componentId) {
	}

	/**
	 * What was said of a component's month.
	 *
	 * @param share the availability, six digits
	 */
	private record Figure(StatedAvailability.Before before, @Nullable String share) {
	}

	/**
	 * What was said of a clock.
	 */
	private record Clock(Statement.Before before, String period, Version version, Objective objective, Result result) {

		static Clock of(Statement statement, Statement.Line line) {
			return new Clock(
					new Statement.Before(statement.number(), line.state(),
							(line.stop() != null) ? line.stop().at() : null, line.attribution()),
					line.period(), new Version(line.agreementId(), line.agreementVersion()), line.objective(),
					line.result());
		}

		boolean counts(String month, Version agreement, @Nullable CreditTerms terms) {
			List<CreditTerms.Breach> worth = (terms != null) ? terms.breaches() : List.of();
			return this.result == Result.MISSED && this.period.equals(month) && this.version.equals(agreement)
					&& worth.stream().anyMatch((one) -> one.objective() == this.objective);
		}

	}

}
