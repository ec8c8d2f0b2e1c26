package io.punctual.sla.availability;

import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.Map;

import io.punctual.shared.contract.MaintenanceTerms;

/**
 * How much of each month's cap maintenance has used up so far; the earliest is excluded
 * first.
 */
final class Caps {

	private final Map<YearMonth, Duration> used = new HashMap<>();

	/**
	 * Exclude what can be of a time that lies in one month.
	 * @return up to when it is excluded, {@code from} if nothing is
	 */
	Instant exclude(Instant from, Instant to, Measurement.Under under) {
		MaintenanceTerms maintenance = under.terms().maintenance();
		if (maintenance == null) {
			return from;
		}
		YearMonth month = YearMonth.from(from.atZone(under.zone()));
		Duration before = this.used.getOrDefault(month, Duration.ZERO);
		Duration wanted = Duration.between(from, to);
		Duration cap = maintenance.monthlyCap();
		Duration left = (cap != null) ? cap.minus(before) : wanted;
		Duration excluded = left.isNegative() ? Duration.ZERO : (left.compareTo(wanted) < 0) ? left : wanted;
		this.used.put(month, before.plus(excluded));
		return from.plus(excluded);
	}

}
