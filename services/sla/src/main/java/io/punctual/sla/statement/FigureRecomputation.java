package io.punctual.sla.statement;

import java.time.Instant;
import java.time.YearMonth;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.punctual.shared.calendar.WorkingCalendar;
import io.punctual.shared.contract.AgreementTerms;
import io.punctual.shared.contract.AgreementTerms.Objective;
import io.punctual.shared.contract.CreditTerms;
import io.punctual.sla.availability.ComponentAvailability;
import io.punctual.sla.availability.Facts;
import io.punctual.sla.availability.Measured;
import io.punctual.sla.availability.Measurement;
import io.punctual.sla.credit.Credit;
import io.punctual.sla.credit.Credits;
import io.punctual.sla.credit.Credits.Version;
import io.punctual.sla.statement.Statement.Result;

/**
 * Computes a statement's availability and credits from its facts, its clocks and its
 * terms.
 */
final class FigureRecomputation {

	private final Statement statement;

	private FigureRecomputation(Statement statement) {
		this.statement = statement;
	}

	/**
	 * Compute them; statements from before they were stated have none.
	 * @throws StatementFault if something comes out otherwise
	 */
	static void of(Statement statement) {
		FigureRecomputation recomputation = new FigureRecomputation(statement);
		try {
			if (statement.availability() != null) {
				recomputation.availability(statement.availability());
			}
			if (statement.credits() != null) {
				recomputation.credits(statement.credits());
			}
		}
		catch (ArithmeticException | IllegalArgumentException ex) {
			throw new StatementFault(statement, "cannot be computed: " + ex.getMessage());
		}
	}

	private void availability(StatedAvailability stated) {
		stated.components().forEach((one) -> component(this.statement.period(), one));
		Instant counted = stated.countedFrom();
		require(counted == null || stated.components()
			.stream()
			.flatMap((one) -> one.facts().spans().stream())
			.noneMatch((span) -> span.from().isBefore(counted)),
				"commits a time of which it says that it is not known");
		for (StatedAvailability.Adjustment one : stated.adjustments()) {
			require(one.period().compareTo(this.statement.period()) < 0, "adjusts availability of no earlier month");
			component(one.period(), one.now());
		}
	}

	private void component(String period, ComponentAvailability one) {
		Facts facts = one.facts();
		YearMonth month = YearMonth.parse(period);
		require(this.statement.terms()
			.stream()
			.map((terms) -> WorkingCalendar.of(terms.calendar().definition()).zone())
			.anyMatch((zone) -> facts.from().equals(month.atDay(1).atStartOfDay(zone).toInstant())
					&& facts.to().equals(month.plusMonths(1).atDay(1).atStartOfDay(zone).toInstant())),
				"measures another time than %s of %s".formatted(period, facts.componentId()));
		Instant last = facts.from();
		for (Facts.Span span : facts.spans()) {
			require(!span.from().isBefore(last) && span.from().isBefore(span.to()) && !span.to().isAfter(facts.to()),
					"commits a time twice: " + facts.componentId());
			last = span.to();
		}
		Measured measured = Measurement.of(facts, this.statement.terms());
		require(measured.equals(one.measured()), "comes to another availability of " + facts.componentId());
	}

	private void credits(StatedCredits stated) {
		List<ComponentAvailability> components = (this.statement.availability() != null)
				? this.statement.availability().components() : List.of();
		List<Credit> granted = Credits.of(this.statement.terms(), missed(), components)
			.stream()
			.filter((one) -> one.uncappedMinor() > 0)
			.toList();
		require(granted.equals(stated.granted()), "comes to other credits");
		for (StatedCredits.Adjustment one : stated.adjustments()) {
			require(one.period().compareTo(this.statement.period()) < 0, "adjusts credits of no earlier month");
			require(one.equals(StatedCredits.Adjustment.of(one.period(), one.before(), one.now())),
					"comes to another difference of credits");
			AgreementTerms terms = terms(one.now());
			CreditTerms promised = terms.credits();
			require(promised != null && Credits.isRight(one.now(), promised), "adjusts credits to another sum");
			follows(one);
		}
	}

	/**
	 * What was missed before, and what is missed now, differ by the clocks that changed.
	 */
	private void follows(StatedCredits.Adjustment adjustment) {
		StatedCredits.Before before = adjustment.before();
		if (before == null) {
			return;
		}
		Version version = version(adjustment.now());
		require(version.equals(version(before.credit())), "adjusts another agreement's credits");
		Map<Objective, Long> difference = new EnumMap<>(Objective.class);
		adjustment.now().breaches().forEach((one) -> difference.merge(one.objective(), one.missed(), Long::sum));
		before.credit().breaches().forEach((one) -> difference.merge(one.objective(), -one.missed(), Long::sum));
		CreditTerms terms = terms(adjustment.now()).credits();
		for (Statement.Adjustment one : this.statement.adjustments()) {
			Statement.Line line = one.clock();
			boolean same = line.period().equals(adjustment.period())
					&& version.equals(new Version(line.agreementId(), line.agreementVersion()));
			if (same && terms != null
					&& terms.breaches().stream().anyMatch((breach) -> breach.objective() == line.objective())) {
				difference.merge(line.objective(), was(one) - ((line.result() == Result.MISSED) ? 1 : 0), Long::sum);
			}
		}
		require(difference.values().stream().allMatch((one) -> one == 0),
				"adjusts credits by other misses than its clocks");
	}

	private long was(Statement.Adjustment one) {
		Statement.Before before = one.before();
		if (before == null) {
			return 0;
		}
		boolean counts = terms(one.clock().agreementId(), one.clock().agreementVersion()).countsRecipientMiss();
		return (Result.of(before.state(), before.attribution(), counts) == Result.MISSED) ? 1 : 0;
	}

	private Map<Version, Map<Objective, Long>> missed() {
		Map<Version, Map<Objective, Long>> missed = new HashMap<>();
		for (Statement.Line line : this.statement.clocks()) {
			if (line.result() == Result.MISSED) {
				missed
					.computeIfAbsent(new Version(line.agreementId(), line.agreementVersion()),
							(key) -> new EnumMap<>(Objective.class))
					.merge(line.objective(), 1L, Long::sum);
			}
		}
		return missed;
	}

	private AgreementTerms terms(Credit credit) {
		return terms(credit.agreementId(), credit.agreementVersion());
	}

	private AgreementTerms terms(String agreementId, int version) {
		return this.statement.terms()
			.stream()
			.filter((one) -> one.agreementId().equals(agreementId) && one.version() == version)
			.findFirst()
			.orElseThrow(() -> new StatementFault(this.statement, "lacks the terms of " + agreementId));
	}

	private static Version version(Credit credit) {
		return new Version(credit.agreementId(), credit.agreementVersion());
	}

	private void require(boolean condition, String what) {
		if (!condition) {
			throw new StatementFault(this.statement, what);
		}
	}

}
