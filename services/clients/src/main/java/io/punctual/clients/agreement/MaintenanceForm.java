package io.punctual.clients.agreement;

import java.time.Duration;

import io.punctual.shared.contract.MaintenanceTerms;
import io.punctual.shared.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * What callers write of how maintenance earns its exclusion.
 */
record MaintenanceForm(@Nullable Duration noticePeriod, @Nullable Duration monthlyCap) {

	private static final Duration LONGEST_CAP = Duration.ofDays(31);

	MaintenanceTerms toTerms(String pointer) {
		check(this.noticePeriod, TermsForm.LONGEST_TARGET, pointer + "/noticePeriod");
		check(this.monthlyCap, LONGEST_CAP, pointer + "/monthlyCap");
		return new MaintenanceTerms(this.noticePeriod, this.monthlyCap);
	}

	private static void check(@Nullable Duration duration, Duration longest, String field) {
		if (duration == null) {
			return;
		}
		if (!duration.isPositive() || duration.compareTo(longest) > 0) {
			throw ProblemException.invalid(field, "must be more than zero and at most P" + longest.toDays() + "D");
		}
		if (duration.toNanosPart() % 1_000_000 != 0) {
			throw ProblemException.invalid(field, "must be in whole milliseconds");
		}
	}

}
