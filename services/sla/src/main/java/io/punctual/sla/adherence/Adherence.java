package io.punctual.sla.adherence;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

import io.punctual.shared.contract.AgreementTerms.Objective;
import io.punctual.sla.clock.ClockView;
import org.jspecify.annotations.Nullable;

/**
 * What was kept of what was promised to a client, for the promises that came due in a
 * month of their calendar's zone; exercises are left out.
 *
 * @param clientId the client
 * @param period the month, such as {@code 2026-09}
 * @param asOf the database's time of the answer
 * @param objectives a line for each objective that something was promised of
 * @param misses the breaches, the earliest first, at most 200
 * @param moreMisses whether there are more; {@code GET /v1/clocks?state=BREACHED} lists
 * all
 */
record Adherence(String clientId, String period, Instant asOf, List<Line> objectives, List<Miss> misses,
		boolean moreMisses) {

	/**
	 * One objective.
	 *
	 * @param breached all breaches
	 * @param excused those among them that do not count: the recipient's own misses,
	 * where the agreement leaves them out
	 * @param ratio met / (met + breached − excused); absent while nothing was decided
	 */
	record Line(Objective objective, long met, long breached, long excused, long atRisk, long running, long voided,
			@Nullable BigDecimal ratio) {
	}

	/**
	 * A breach, and whether it counts.
	 */
	record Miss(ClockView clock, boolean counts) {
	}

}
