package io.punctual.sla.availability;

import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.punctual.shared.calendar.WorkingCalendar;
import io.punctual.shared.contract.AgreementTerms;
import io.punctual.shared.contract.AvailabilityTerms;
import io.punctual.shared.contract.MaintenanceTerms;
import io.punctual.shared.contract.NoticeKind;
import io.punctual.sla.availability.Facts.Impairment;
import io.punctual.sla.availability.Facts.Window;
import org.jspecify.annotations.Nullable;

/**
 * Availability as somebody with much patience counts it: each minute by itself. It knows
 * nothing of intervals, so all facts have to lie on whole minutes.
 */
final class ByTheMinute {

	private static final long MINUTE = 60_000;

	private final Facts facts;

	private final List<AgreementTerms> terms;

	private final Map<YearMonth, Long> excluded = new HashMap<>();

	private long committed;

	private long micros;

	ByTheMinute(Facts facts, List<AgreementTerms> terms) {
		this.facts = facts;
		this.terms = terms;
		Instant first = facts.spans().isEmpty() ? facts.to() : facts.spans().getFirst().from();
		for (Instant at = first; at.isBefore(facts.to()); at = at.plusMillis(MINUTE)) {
			AgreementTerms agreed = agreed(at);
			if (agreed != null) {
				minute(at, agreed);
			}
		}
	}

	long committed() {
		return this.committed;
	}

	long micros() {
		return this.micros;
	}

	private void minute(Instant at, AgreementTerms agreed) {
		WorkingCalendar calendar = WorkingCalendar.of(agreed.calendar().definition());
		if (calendar.elapsed(at, at.plusMillis(MINUTE)).isZero()) {
			return;
		}
		MaintenanceTerms maintenance = agreed.maintenance();
		boolean earned = maintenance != null
				&& this.facts.impairments().stream().anyMatch((one) -> isEarned(one, at, maintenance));
		boolean excludes = false;
		if (maintenance != null && earned) {
			YearMonth month = YearMonth.from(at.atZone(calendar.zone()));
			Duration cap = maintenance.monthlyCap();
			long used = this.excluded.getOrDefault(month, 0L);
			excludes = cap == null || used + MINUTE <= cap.toMillis();
			this.excluded.put(month, excludes ? used + MINUTE : used);
		}
		if (at.isBefore(this.facts.from())) {
			return;
		}
		this.committed += MINUTE;
		int most = 0;
		for (Impairment one : this.facts.impairments()) {
			boolean counts = isImpairing(one, at) && !one.drill()
					&& !(excludes && maintenance != null && isEarned(one, at, maintenance));
			if (counts) {
				most = Math.max(most, Objects.requireNonNullElse(agreed.availability(), AvailabilityTerms.DEFAULT)
					.permille(one.level()));
			}
		}
		this.micros += most * MINUTE;
	}

	private boolean isEarned(Impairment one, Instant at, MaintenanceTerms maintenance) {
		if (one.kind() != NoticeKind.MAINTENANCE || one.drill() || !isImpairing(one, at)) {
			return false;
		}
		Window last = null;
		Window inTime = null;
		for (Window window : this.facts.windows()) {
			if (window.noticeId().equals(one.noticeId())) {
				last = window;
				Duration notice = Objects.requireNonNullElse(maintenance.noticePeriod(), Duration.ZERO);
				inTime = window.announcedAt().plus(notice).isAfter(window.from()) ? inTime : window;
			}
		}
		return isInside(last, at) && isInside(inTime, at);
	}

	private static boolean isInside(@Nullable Window window, Instant at) {
		return window != null && !at.isBefore(window.from()) && at.isBefore(window.to());
	}

	private static boolean isImpairing(Impairment one, Instant at) {
		return !at.isBefore(one.from()) && (one.to() == null || at.isBefore(one.to()));
	}

	private @Nullable AgreementTerms agreed(Instant at) {
		return this.facts.spans()
			.stream()
			.filter((span) -> !at.isBefore(span.from()) && at.isBefore(span.to()))
			.flatMap((span) -> this.terms.stream().filter((one) -> one.version() == span.agreementVersion()))
			.findFirst()
			.orElse(null);
	}

}
