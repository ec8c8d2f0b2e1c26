package io.punctual.sla.availability;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.punctual.shared.calendar.WorkingCalendar;
import io.punctual.shared.contract.AgreementTerms;
import io.punctual.sla.availability.Facts.Impairment;
import io.punctual.sla.availability.Facts.Span;
import io.punctual.sla.availability.Facts.Window;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a client's components, from which the facts of any period are cut.
 *
 * @param since when that begins: before it nothing is known, and no use is in
 * {@code uses}
 * @param uses by component, when the client used it: disjoint, in order
 * @param assignments which version of an agreement was in force from when on, in order
 * @param terms the versions, by agreement and version
 * @param impairments by component, the earliest first
 * @param windows what was announced of maintenance: by notice, in the order of the
 * announcements
 */
public record History(Instant since, Map<String, List<Use>> uses, List<Assignment> assignments,
		Map<String, AgreementTerms> terms, Map<String, List<Impairment>> impairments, List<Window> windows) {

	/** Where no agreement says which zone. */
	private static final ZoneId NOWHERE = ZoneId.of("Etc/UTC");

	/**
	 * The zone in which a period begins and ends: that of the agreement in force at its
	 * end, or else of the first one after it.
	 * @param to the day after the period's last
	 * @return UTC if there is no agreement
	 */
	public ZoneId zone(LocalDate to) {
		Instant end = to.atStartOfDay(ZoneOffset.UTC).toInstant();
		Assignment held = null;
		for (Assignment one : this.assignments) {
			held = (held == null || one.from().isBefore(end)) ? one : held;
		}
		return (held != null) ? WorkingCalendar.of(terms(held).calendar().definition()).zone() : NOWHERE;
	}

	/**
	 * From when on a period is counted, where that is not its beginning: before, it is
	 * not known what was used and how that fared, and so nothing is committed.
	 * @param from the period's first day
	 * @param to the day after its last
	 * @return an instant after the period's beginning, maybe after its end; null if all
	 * of it is known
	 */
	public @Nullable Instant countedFrom(LocalDate from, LocalDate to) {
		Instant start = from.atStartOfDay(zone(to)).toInstant();
		return this.since.isAfter(start) ? this.since : null;
	}

	/**
	 * The components that the client ever used.
	 * @return their ids, in order
	 */
	public Set<String> components() {
		return new TreeSet<>(this.uses.keySet());
	}

	/**
	 * The facts of a component in a period.
	 * @param componentId a component
	 * @param from the period's first day
	 * @param to the day after its last
	 * @param known what happened after this instant is not known yet
	 * @return the facts, with the whole of the first month for the caps' sake
	 */
	public Facts facts(String componentId, LocalDate from, LocalDate to, Instant known) {
		ZoneId zone = zone(to);
		Instant start = from.atStartOfDay(zone).toInstant();
		Instant end = earlier(to.atStartOfDay(zone).toInstant(), known.truncatedTo(ChronoUnit.MILLIS));
		end = end.isBefore(start) ? start : end;
		Instant first = from.withDayOfMonth(1).atStartOfDay(zone).toInstant();
		List<Impairment> impairments = new ArrayList<>();
		for (Impairment one : this.impairments.getOrDefault(componentId, List.of())) {
			if (one.from().isBefore(end) && (one.to() == null || one.to().isAfter(first))) {
				impairments.add(one);
			}
		}
		Set<String> notices = impairments.stream().map(Impairment::noticeId).collect(Collectors.toSet());
		return new Facts(componentId, start, end, spans(componentId, first, end), impairments,
				this.windows.stream().filter((one) -> notices.contains(one.noticeId())).toList());
	}

	/**
	 * The versions of agreements that facts need.
	 * @param facts the facts
	 * @return the terms, in order
	 */
	public List<AgreementTerms> terms(Collection<Facts> facts) {
		return facts.stream()
			.flatMap((one) -> one.spans().stream())
			.map((span) -> key(span.agreementId(), span.agreementVersion()))
			.distinct()
			.sorted()
			.map(this::required)
			.toList();
	}

	ZoneId zone(Span span) {
		return WorkingCalendar.of(required(key(span.agreementId(), span.agreementVersion())).calendar().definition())
			.zone();
	}

	/** When a component was used under which version, in a time. */
	List<Span> spans(String componentId, Instant from, Instant to) {
		List<Span> spans = new ArrayList<>();
		for (Use use : this.uses.getOrDefault(componentId, List.of())) {
			for (int i = 0; i < this.assignments.size(); i++) {
				Assignment held = this.assignments.get(i);
				Instant until = (i + 1 < this.assignments.size()) ? this.assignments.get(i + 1).from() : to;
				Instant start = later(later(use.from(), held.from()), from);
				Instant end = earlier(earlier((use.to() != null) ? use.to() : to, until), to);
				if (start.isBefore(end)) {
					spans.add(new Span(start, end, held.agreementId(), held.agreementVersion()));
				}
			}
		}
		return spans;
	}

	private AgreementTerms terms(Assignment assignment) {
		return required(key(assignment.agreementId(), assignment.agreementVersion()));
	}

	private AgreementTerms required(String key) {
		AgreementTerms found = this.terms.get(key);
		if (found == null) {
			throw new IllegalStateException("The terms " + key + " are not kept");
		}
		return found;
	}

	static String key(String agreementId, int version) {
		return agreementId + "/" + version;
	}

	private static Instant later(Instant one, Instant other) {
		return one.isAfter(other) ? one : other;
	}

	private static Instant earlier(Instant one, Instant other) {
		return one.isBefore(other) ? one : other;
	}

	/**
	 * A time in which the client used a component.
	 *
	 * @param to absent while it does
	 */
	public record Use(Instant from, @Nullable Instant to) {
	}

	/**
	 * A version of an agreement, in force until the next one is.
	 */
	public record Assignment(Instant from, String agreementId, int agreementVersion) {
	}

}
