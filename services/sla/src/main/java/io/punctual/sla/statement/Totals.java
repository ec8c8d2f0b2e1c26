package io.punctual.sla.statement;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;

import io.punctual.shared.contract.AgreementTerms.Objective;
import io.punctual.sla.statement.Statement.Line;
import io.punctual.sla.statement.Statement.Result;
import io.punctual.sla.statement.Statement.Total;
import org.jspecify.annotations.Nullable;

/**
 * Adds up a statement's clocks.
 */
final class Totals {

	private Totals() {
	}

	/** A sum for each objective of which something was promised. */
	static List<Total> of(List<Line> clocks) {
		return Arrays.stream(Objective.values())
			.map((objective) -> of(objective, clocks.stream().filter((one) -> one.objective() == objective).toList()))
			.filter((total) -> total.met() + total.missed() + total.excused() + total.voided() > 0)
			.toList();
	}

	private static Total of(Objective objective, List<Line> clocks) {
		long met = count(clocks, Result.MET);
		long missed = count(clocks, Result.MISSED);
		return new Total(objective, met, missed, count(clocks, Result.EXCUSED), count(clocks, Result.VOID),
				adherence(met, met + missed));
	}

	private static long count(List<Line> clocks, Result result) {
		return clocks.stream().filter((one) -> one.result() == result).count();
	}

	private static @Nullable String adherence(long met, long counted) {
		return (counted > 0)
				? BigDecimal.valueOf(met).divide(BigDecimal.valueOf(counted), 4, RoundingMode.DOWN).toPlainString()
				: null;
	}

}
