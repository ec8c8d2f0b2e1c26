package io.punctual.shared.contract;

import java.util.Collection;
import java.util.Set;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * Which updates an endpoint or a contact is meant for; an empty set takes all.
 *
 * @param kinds kinds of notice
 * @param severities severities
 * @param components components, of which one has to be concerned
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record NoticeFilter(Set<NoticeKind> kinds, Set<Severity> severities, Set<String> components) {

	/** Takes everything. */
	public static final NoticeFilter ALL = new NoticeFilter(Set.of(), Set.of(), Set.of());

	/**
	 * Whether an update passes.
	 * @param kind its notice's kind
	 * @param severity its notice's severity
	 * @param concerned the components it concerns
	 * @return true if no set excludes it
	 */
	public boolean accepts(NoticeKind kind, Severity severity, Collection<String> concerned) {
		return (this.kinds.isEmpty() || this.kinds.contains(kind))
				&& (this.severities.isEmpty() || this.severities.contains(severity))
				&& (this.components.isEmpty() || concerned.stream().anyMatch(this.components::contains));
	}

}
