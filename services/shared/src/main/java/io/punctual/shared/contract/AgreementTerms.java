package io.punctual.shared.contract;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.punctual.shared.calendar.CalendarDefinition;
import org.jspecify.annotations.Nullable;

/**
 * One version of an agreement with everything it promises: it travels whole, so that no
 * reader has to ask for it.
 *
 * @param agreementId the agreement
 * @param version its version, from 1; a version never changes
 * @param name what people call it
 * @param calendar the version of the calendar that its promises are counted in
 * @param channels where an update has to arrive
 * @param targets the promises; of those that fit, the most specific holds
 * @param countsRecipientMiss whether a breach that is the recipient's own fault counts
 * @param availability what is promised of the components' availability; absent:
 * {@link AvailabilityTerms#DEFAULT}
 * @param maintenance how maintenance earns its exclusion; absent: it counts as any other
 * impairment
 * @param credits what a month is credited with where promises were missed; absent:
 * nothing
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record AgreementTerms(String agreementId, int version, String name, Calendar calendar, Channels channels,
		List<Target> targets, boolean countsRecipientMiss, @Nullable AvailabilityTerms availability,
		@Nullable MaintenanceTerms maintenance, @Nullable CreditTerms credits) {

	public AgreementTerms(String agreementId, int version, String name, Calendar calendar, Channels channels,
			List<Target> targets, boolean countsRecipientMiss) {
		this(agreementId, version, name, calendar, channels, targets, countsRecipientMiss, null, null, null);
	}

	/**
	 * The promise for a notice, the most specific one: kind and severity, then severity,
	 * then kind, then neither.
	 * @param objective what is promised
	 * @param kind the notice's kind
	 * @param severity the notice's severity
	 * @return the working time in which it has to happen, or nothing if nothing is
	 * promised
	 */
	public Optional<Duration> target(Objective objective, NoticeKind kind, Severity severity) {
		return this.targets.stream()
			.filter((target) -> target.objective() == objective)
			.filter((target) -> target.kind() == null || target.kind() == kind)
			.filter((target) -> target.severity() == null || target.severity() == severity)
			.max(Comparator.comparingInt(Target::specificity))
			.map(Target::target);
	}

	/**
	 * A pinned version of a calendar.
	 */
	@JsonIgnoreProperties(ignoreUnknown = true)
	public record Calendar(String calendarId, int version, CalendarDefinition definition) {
	}

	/**
	 * The channels that count, and whether any or all of them have to be reached.
	 *
	 * @param mail what a mail needs to count as delivered; {@link MailEvidence#ACCEPTED}
	 * if it does not say
	 */
	@JsonIgnoreProperties(ignoreUnknown = true)
	public record Channels(List<Channel> required, Rule rule, @Nullable MailEvidence mail) {

		public Channels(List<Channel> required, Rule rule) {
			this(required, rule, null);
		}

	}

	/**
	 * One promise; without kind or severity it holds for all of them.
	 */
	@JsonIgnoreProperties(ignoreUnknown = true)
	public record Target(Objective objective, @Nullable NoticeKind kind, @Nullable Severity severity, Duration target) {

		private int specificity() {
			return ((severity() != null) ? 2 : 0) + ((kind() != null) ? 1 : 0);
		}

	}

	/**
	 * What can be promised.
	 */
	public enum Objective {

		FIRST_UPDATE, DELIVERY, PERIODIC_UPDATE, ACKNOWLEDGEMENT,
		/** {@link MaintenanceTerms#noticePeriod()} says how long; no target does. */
		NOTICE_PERIOD

	}

	/**
	 * A way to reach a client.
	 */
	public enum Channel {

		WEBHOOK, FEED, MAIL

	}

	/**
	 * What a mail needs to count as delivered.
	 */
	public enum MailEvidence {

		/** A mail server took it over (250). */
		ACCEPTED,
		/** The mail service says that it lies in the mailbox's server. */
		DELIVERED,
		/** Somebody took note of it. */
		ACKNOWLEDGED

	}

	/**
	 * How many of the required channels have to be reached.
	 */
	public enum Rule {

		ANY, ALL

	}

}
