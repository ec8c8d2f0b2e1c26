package io.punctual.sla.availability;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.punctual.shared.contract.ImpactLevel;
import io.punctual.shared.contract.NoticeKind;
import org.jspecify.annotations.Nullable;

/**
 * All that a component's availability in a period is computed from, besides the terms of
 * the agreements. Instants are whole milliseconds, but for those at which something was
 * announced.
 *
 * @param componentId the component
 * @param from the first instant of the period
 * @param to the instant after its last
 * @param spans when the client used the component, and under which version of an
 * agreement: disjoint, in order, from the beginning of the period's first month on, since
 * a cap counts whole months
 * @param impairments what was said of the component in that time, the earliest first
 * @param windows what was announced of maintenance: by notice, in the order of the
 * announcements
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Facts(String componentId, Instant from, Instant to, List<Span> spans, List<Impairment> impairments,
		List<Window> windows) {

	/**
	 * A time under one version of an agreement, the end excluded.
	 */
	@JsonIgnoreProperties(ignoreUnknown = true)
	public record Span(Instant from, Instant to, String agreementId, int agreementVersion) {
	}

	/**
	 * How the component fared by one update.
	 *
	 * @param drill whether it was an exercise
	 * @param from since when: the publication, or for an incident's first update when the
	 * provider knew
	 * @param to until when: the notice's next update; absent while there is none
	 */
	@JsonIgnoreProperties(ignoreUnknown = true)
	public record Impairment(String noticeId, String updateId, NoticeKind kind, boolean drill, ImpactLevel level,
			Instant from, @Nullable Instant to) {

		boolean isAt(Instant instant) {
			return !this.from.isAfter(instant) && (this.to == null || this.to.isAfter(instant));
		}

	}

	/**
	 * A window of maintenance as it was announced.
	 *
	 * @param updateId the update that said so
	 * @param announcedAt when it was published
	 * @param from the window's first instant
	 * @param to the instant at which it is over
	 */
	@JsonIgnoreProperties(ignoreUnknown = true)
	public record Window(String noticeId, String updateId, Instant announcedAt, Instant from, Instant to) {
	}

}
