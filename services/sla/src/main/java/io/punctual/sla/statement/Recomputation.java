package io.punctual.sla.statement;

import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import io.punctual.shared.calendar.InvalidCalendarException;
import io.punctual.shared.calendar.WorkingCalendar;
import io.punctual.shared.calendar.WorkingCalendar.Interval;
import io.punctual.shared.contract.AgreementTerms;
import io.punctual.shared.contract.AgreementTerms.Objective;
import io.punctual.sla.clock.ClockState;
import io.punctual.sla.clock.HeldTime;
import io.punctual.sla.statement.Statement.Line;

/**
 * Computes everything in a statement that can be computed from the rest of it: each due
 * instant, each elapsed millisecond, each result, each sum.
 */
final class Recomputation {

	private final Statement statement;

	private final Map<String, AgreementTerms> terms = new HashMap<>();

	private Recomputation(Statement statement) {
		this.statement = statement;
		statement.terms().forEach((one) -> this.terms.put(one.agreementId() + "/" + one.version(), one));
	}

	/**
	 * Compute it.
	 * @param statement the statement
	 * @throws StatementFault if something comes out otherwise
	 */
	static void of(Statement statement) {
		Recomputation recomputation = new Recomputation(statement);
		Stream.concat(statement.clocks().stream(), statement.adjustments().stream().map(Statement.Adjustment::clock))
			.forEach(recomputation::clock);
		for (Line line : statement.clocks()) {
			recomputation.require(line.period().equals(statement.period()), line, "is of another month");
		}
		for (Statement.Adjustment adjustment : statement.adjustments()) {
			recomputation.require(adjustment.clock().period().compareTo(statement.period()) < 0, adjustment.clock(),
					"is no adjustment of an earlier month");
		}
		if (!Totals.of(statement.clocks()).equals(statement.objectives())) {
			throw new StatementFault(statement, "has other sums than its clocks");
		}
		FigureRecomputation.of(statement);
	}

	private void clock(Line line) {
		AgreementTerms agreement = this.terms.get(line.agreementId() + "/" + line.agreementVersion());
		if (agreement == null || !agreement.calendar().calendarId().equals(line.calendarId())
				|| agreement.calendar().version() != line.calendarVersion()) {
			throw new StatementFault(this.statement, "lacks the terms of " + line.clockId());
		}
		Duration target = Duration.ofMillis(line.targetMillis());
		require(isAgreed(agreement, line.objective(), target), line, "has a target that was not agreed");
		WorkingCalendar calendar = WorkingCalendar.of(agreement.calendar().definition());
		List<Interval> holds = holds(line);
		require(line.dueAt().equals(due(calendar, line, target, holds)), line, "was due at another instant");
		require(YearMonth.from(line.dueAt().atZone(calendar.zone())).toString().equals(line.period()), line,
				"is of another month");
		Statement.Happened stop = line.stop();
		Long elapsed = (stop != null) ? HeldTime.elapsed(calendar, line.start().at(), stop.at(), holds).toMillis()
				: null;
		require(Objects.equals(elapsed, line.elapsedMillis()), line, "took another time");
		boolean inTime = stop != null && !stop.at().isAfter(line.dueAt());
		require(line.state() == ClockState.MET == inTime || line.state() == ClockState.VOID, line,
				"was judged otherwise than it was stopped");
		require(line.state() == ClockState.MET || line.state() == ClockState.BREACHED
				|| line.state() == ClockState.VOID, line, "is still open");
		require(line.result() == Statement.Result.of(line.state(), line.attribution(), agreement.countsRecipientMiss()),
				line, "counts otherwise than was agreed");
	}

	/** In order of time, and each from an instant at which the clock was open. */
	private List<Interval> holds(Line line) {
		if (line.holds() == null) {
			return List.of();
		}
		Instant free = line.start().at();
		for (Statement.Held held : line.holds()) {
			require(!held.from().isBefore(free) && !held.until().isBefore(held.from())
					&& held.from().isBefore(line.dueAt()), line, "stood still when it could not");
			free = held.until();
		}
		return line.holds().stream().map((held) -> new Interval(held.from(), held.until())).toList();
	}

	private static boolean isAgreed(AgreementTerms agreement, Objective objective, Duration target) {
		if (objective == Objective.NOTICE_PERIOD) {
			return agreement.maintenance() != null && target.equals(agreement.maintenance().noticePeriod());
		}
		return agreement.targets()
			.stream()
			.anyMatch((one) -> one.objective() == objective && one.target().equals(target));
	}

	private static Instant due(WorkingCalendar calendar, Line line, Duration target, List<Interval> holds) {
		Instant start = line.start().at();
		if (line.objective() == Objective.NOTICE_PERIOD) {
			return start.minus(target);
		}
		try {
			return HeldTime.reached(calendar, start, target, holds);
		}
		catch (InvalidCalendarException ex) {
			return Instant.MAX;
		}
	}

	private void require(boolean condition, Line line, String what) {
		if (!condition) {
			throw new StatementFault(this.statement, "has a clock that %s: %s".formatted(what, line.clockId()));
		}
	}

}
