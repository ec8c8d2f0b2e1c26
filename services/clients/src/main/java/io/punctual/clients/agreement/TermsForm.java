package io.punctual.clients.agreement;

import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.punctual.clients.calendar.CalendarVersion;
import io.punctual.shared.calendar.InvalidCalendarException;
import io.punctual.shared.calendar.WorkingCalendar;
import io.punctual.shared.contract.AgreementTerms;
import io.punctual.shared.contract.NoticeKind;
import io.punctual.shared.contract.Severity;
import io.punctual.shared.problem.ProblemException;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * The terms of a version as callers write them.
 *
 * @param calendarId whose latest version they are counted in
 * @param channels where an update has to arrive; the webhook if left out
 * @param targets the promises
 * @param countsRecipientMiss whether a breach that is the recipient's own fault counts;
 * it does not if left out
 * @param availability what is promised of availability; measured by the defaults if left
 * out
 * @param maintenance how maintenance earns its exclusion; it has none if left out
 * @param credits what missed promises are worth; nothing if left out
 */
record TermsForm(@NotBlank String calendarId, @Nullable @Valid ChannelsForm channels,
		@NotEmpty @Size(max = 100) List<@NotNull @Valid TargetForm> targets, @Nullable Boolean countsRecipientMiss,
		@Nullable @Valid AvailabilityForm availability, @Nullable @Valid MaintenanceForm maintenance,
		@Nullable @Valid CreditsForm credits) {

	/** Nothing shorter is promised: one attempt may take 10 seconds. */
	static final Duration SHORTEST_TARGET = Duration.ofSeconds(30);

	static final Duration LONGEST_TARGET = Duration.ofDays(365);

	AgreementTerms toTerms(String pointer, String agreementId, int version, String name, CalendarVersion calendar) {
		checkTargets(pointer, calendar);
		if (this.channels != null && this.channels.mail() != null
				&& !this.channels.required().contains(AgreementTerms.Channel.MAIL)) {
			throw ProblemException.invalid(pointer + "/channels/mail", "says how MAIL counts, which is not required");
		}
		AgreementTerms.Channels required = (this.channels != null)
				? new AgreementTerms.Channels(this.channels.required().stream().sorted().toList(), this.channels.rule(),
						this.channels.mail())
				: new AgreementTerms.Channels(List.of(AgreementTerms.Channel.WEBHOOK), AgreementTerms.Rule.ANY);
		return new AgreementTerms(agreementId, version, name,
				new AgreementTerms.Calendar(this.calendarId, calendar.number(), calendar.definition()), required,
				this.targets.stream().map(TargetForm::toTarget).toList(), Boolean.TRUE.equals(this.countsRecipientMiss),
				(this.availability != null) ? this.availability.toTerms(pointer + "/availability") : null,
				(this.maintenance != null) ? this.maintenance.toTerms(pointer + "/maintenance") : null,
				(this.credits != null) ? this.credits.toTerms(pointer + "/credits", promised()) : null);
	}

	private Set<AgreementTerms.Objective> promised() {
		Set<AgreementTerms.Objective> promised = EnumSet.noneOf(AgreementTerms.Objective.class);
		this.targets.forEach((target) -> promised.add(target.objective()));
		if (this.maintenance != null && this.maintenance.noticePeriod() != null) {
			promised.add(AgreementTerms.Objective.NOTICE_PERIOD);
		}
		return promised;
	}

	private void checkTargets(String pointer, CalendarVersion calendar) {
		WorkingCalendar working = WorkingCalendar.of(calendar.definition());
		Set<Object> seen = new HashSet<>();
		for (int i = 0; i < this.targets.size(); i++) {
			TargetForm form = this.targets.get(i);
			String promise = pointer + "/targets/" + i;
			String field = promise + "/target";
			if (form.objective() == AgreementTerms.Objective.NOTICE_PERIOD) {
				throw ProblemException.invalid(promise + "/objective", "is said by maintenance/noticePeriod");
			}
			if (form.target().compareTo(SHORTEST_TARGET) < 0) {
				throw ProblemException.invalid(field, "must be at least PT30S");
			}
			if (form.target().compareTo(LONGEST_TARGET) > 0) {
				throw ProblemException.invalid(field, "must be at most P365D");
			}
			if (form.target().toNanosPart() % 1_000_000 != 0) {
				throw ProblemException.invalid(field, "must be in whole milliseconds");
			}
			if (!seen.add(List.of(form.objective(), String.valueOf(form.kind()), String.valueOf(form.severity())))) {
				throw ProblemException.invalid(promise,
						"there is another target for the same objective, kind and severity");
			}
			try {
				working.add(calendar.createdAt(), form.target());
			}
			catch (InvalidCalendarException ex) {
				throw ProblemException.invalid(field, "is never reached in this calendar");
			}
		}
	}

	record ChannelsForm(@NotEmpty Set<AgreementTerms.@NotNull Channel> required, @NotNull AgreementTerms.Rule rule,
			AgreementTerms.@Nullable MailEvidence mail) {
	}

	record TargetForm(@NotNull AgreementTerms.Objective objective, @Nullable NoticeKind kind,
			@Nullable Severity severity, @NotNull Duration target) {

		AgreementTerms.Target toTarget() {
			return new AgreementTerms.Target(this.objective, this.kind, this.severity, this.target);
		}

	}

}
