package io.punctual.notices.obligation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.punctual.shared.calendar.WorkingCalendar;
import io.punctual.shared.contract.AgreementTerms;
import io.punctual.shared.contract.AgreementTerms.Objective;
import io.punctual.shared.contract.NoticeKind;
import io.punctual.shared.contract.Severity;
import io.punctual.shared.contract.UpdateOwed.Owed;
import org.jspecify.annotations.Nullable;

/**
 * The obligations of one update that have the same promise, and so the same instant.
 *
 * @param groupNo its number in the update, from 1
 * @param agreement the version in force; null: nothing is promised
 * @param target the working time in which the update has to arrive; null if the agreement
 * does not say
 * @param owed the obligations; their {@code owedFrom} is set when the group is stamped
 */
record OwedGroup(int groupNo, @Nullable AgreementTerms agreement, @Nullable Duration target, List<Owed> owed) {

	static @Nullable Duration target(@Nullable AgreementTerms agreement, NoticeKind kind, Severity severity) {
		return (agreement != null) ? agreement.target(Objective.DELIVERY, kind, severity).orElse(null) : null;
	}

	/**
	 * When it has to have arrived.
	 * @param owedFrom when the budget starts
	 * @return null if nothing is promised
	 */
	@Nullable Instant dueAt(Instant owedFrom) {
		return dueAt(this.agreement, this.target, owedFrom);
	}

	static @Nullable Instant dueAt(@Nullable AgreementTerms agreement, @Nullable Duration target, Instant owedFrom) {
		if (agreement == null || target == null) {
			return null;
		}
		return WorkingCalendar.of(agreement.calendar().definition()).add(owedFrom, target);
	}

}
