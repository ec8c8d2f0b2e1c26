package io.punctual.sla.availability;

import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;

import io.punctual.shared.calendar.WorkingCalendar;
import io.punctual.shared.contract.AgreementTerms;
import io.punctual.shared.contract.NoticeKind;
import io.punctual.sla.availability.Facts.Impairment;
import io.punctual.sla.availability.Facts.Span;
import org.jspecify.annotations.Nullable;

/**
 * Computes availability in whole milliseconds:
 * {@code 1 − Σ max-weight(impairments ∩ service hours − excluded) / committed}. It goes
 * once through the service time, in pieces in which nothing changes. See
 * {@code docs/decisions/availability.md}.
 */
public final class Measurement {

	private final Facts facts;

	private final Map<String, AgreementTerms> terms = new HashMap<>();

	private final Caps caps = new Caps();

	private final Tally tally = new Tally();

	private Measurement(Facts facts, Collection<AgreementTerms> terms) {
		this.facts = facts;
		terms.forEach((one) -> this.terms.put(key(one.agreementId(), one.version()), one));
	}

	/**
	 * Compute it.
	 * @param facts what happened
	 * @param terms the versions of agreements that its spans name
	 * @return the figure with its sum
	 * @throws IllegalArgumentException if terms are missing
	 */
	public static Measured of(Facts facts, Collection<AgreementTerms> terms) {
		return new Measurement(facts, terms).measure();
	}

	private Measured measure() {
		AgreementTerms last = null;
		for (Span span : this.facts.spans()) {
			AgreementTerms agreed = this.terms.get(key(span.agreementId(), span.agreementVersion()));
			if (agreed == null) {
				throw new IllegalArgumentException("the terms of " + span.agreementId() + " are missing");
			}
			if (span.from().isBefore(this.facts.to()) && span.to().isAfter(this.facts.from())) {
				last = agreed;
			}
			Under under = new Under(agreed, this.facts.windows());
			WorkingCalendar.of(agreed.calendar().definition())
				.intervals(span.from(), span.to(), Integer.MAX_VALUE)
				.forEach((open) -> open(open.from(), open.to(), under));
		}
		return this.tally
			.measured((last != null && last.availability() != null) ? last.availability().targetPpm() : null);
	}

	/** Service time without a gap. */
	private void open(Instant from, Instant to, Under under) {
		List<Impairment> impairments = this.facts.impairments()
			.stream()
			.filter((one) -> one.from().isBefore(to) && (one.to() == null || one.to().isAfter(from)))
			.toList();
		Instant at = from;
		for (Instant next : changes(from, to, impairments, under)) {
			Instant start = at;
			piece(start, next, impairments.stream().filter((one) -> one.isAt(start)).toList(), under);
			at = next;
		}
	}

	/** Where something may change, the end included. */
	private NavigableSet<Instant> changes(Instant from, Instant to, List<Impairment> impairments, Under under) {
		NavigableSet<Instant> changes = new TreeSet<>();
		Stream.of(this.facts.from(), this.facts.to()).forEach(changes::add);
		for (Impairment one : impairments) {
			changes.add(one.from());
			if (one.to() != null) {
				changes.add(one.to());
			}
			Earned earned = under.earned(one.noticeId());
			if (earned != null) {
				changes.add(earned.from());
				changes.add(earned.to());
			}
		}
		YearMonth month = YearMonth.from(from.atZone(under.zone()));
		for (Instant start = under.start(month); start.isBefore(to); start = under.start(month)) {
			changes.add(start);
			month = month.plusMonths(1);
		}
		changes.add(to);
		return changes.subSet(from, false, to, true);
	}

	private void piece(Instant from, Instant to, List<Impairment> active, Under under) {
		boolean excludable = active.stream().anyMatch((one) -> under.isEarned(one, from));
		Instant until = excludable ? this.caps.exclude(from, to, under) : from;
		if (from.isBefore(until)) {
			tally(from, until, active, under, true);
		}
		if (until.isBefore(to)) {
			tally(until, to, active, under, false);
		}
	}

	private void tally(Instant from, Instant to, List<Impairment> active, Under under, boolean insideCap) {
		// What lies before the period was looked at for the cap alone.
		if (from.isBefore(this.facts.from()) || to.isAfter(this.facts.to())) {
			return;
		}
		this.tally.add(Duration.between(from, to).toMillis(), active, under, from, insideCap);
	}

	private static String key(String agreementId, int version) {
		return agreementId + "/" + version;
	}

	/**
	 * Time for which a notice's maintenance has earned its exclusion, the end excluded.
	 */
	record Earned(Instant from, Instant to) {

		/**
		 * The window that was announced last, as far as it lies in the last one that was
		 * announced in time: what is added to a window late is not excluded, and what was
		 * taken away is not either.
		 */
		static @Nullable Earned of(List<Facts.Window> windows, Duration noticePeriod) {
			Facts.Window inTime = windows.stream()
				.filter((one) -> !one.announcedAt().isAfter(one.from().minus(noticePeriod)))
				.reduce((one, other) -> other)
				.orElse(null);
			if (inTime == null) {
				return null;
			}
			Facts.Window last = windows.getLast();
			Instant from = later(last.from(), inTime.from());
			Instant to = last.to().isBefore(inTime.to()) ? last.to() : inTime.to();
			return from.isBefore(to) ? new Earned(from, to) : null;
		}

		boolean contains(Instant instant) {
			return !this.from.isAfter(instant) && this.to.isAfter(instant);
		}

		private static Instant later(Instant one, Instant other) {
			return one.isAfter(other) ? one : other;
		}

	}

	/**
	 * What one version of an agreement makes of the facts.
	 */
	static final class Under {

		private final AgreementTerms terms;

		private final ZoneId zone;

		private final Map<String, Earned> earned = new HashMap<>();

		private Under(AgreementTerms terms, List<Facts.Window> windows) {
			this.terms = terms;
			this.zone = WorkingCalendar.of(terms.calendar().definition()).zone();
			if (terms.maintenance() != null) {
				Duration noticePeriod = Objects.requireNonNullElse(terms.maintenance().noticePeriod(), Duration.ZERO);
				windows.stream().map(Facts.Window::noticeId).distinct().forEach((noticeId) -> {
					Earned time = Earned.of(windows.stream().filter((one) -> one.noticeId().equals(noticeId)).toList(),
							noticePeriod);
					if (time != null) {
						this.earned.put(noticeId, time);
					}
				});
			}
		}

		AgreementTerms terms() {
			return this.terms;
		}

		ZoneId zone() {
			return this.zone;
		}

		Instant start(YearMonth month) {
			return month.atDay(1).atStartOfDay(this.zone).toInstant();
		}

		@Nullable Earned earned(String noticeId) {
			return this.earned.get(noticeId);
		}

		boolean isEarned(Impairment impairment, Instant at) {
			Earned time = earned(impairment.noticeId());
			return impairment.kind() == NoticeKind.MAINTENANCE && !impairment.drill() && time != null
					&& time.contains(at);
		}

	}

}
