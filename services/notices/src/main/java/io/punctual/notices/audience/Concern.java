package io.punctual.notices.audience;

import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.punctual.shared.contract.NoticeKind;
import io.punctual.shared.contract.Severity;
import org.jspecify.annotations.Nullable;

/**
 * What makes a notice concern a client: the components it uses, or having been told
 * before.
 *
 * @param components the notice's components
 * @param kind the notice's kind
 * @param severities the severities that an endpoint's filter may let through
 * @param toldOf a notice whose earlier recipients belong to the audience as well
 * @param clients the only clients to look at, or null for all
 */
public record Concern(Collection<String> components, NoticeKind kind, Set<Severity> severities, @Nullable String toldOf,
		@Nullable Collection<String> clients) {

	/**
	 * Whom an update concerns: those who use a component.
	 */
	public static Concern by(Collection<String> components, NoticeKind kind, Severity severity) {
		return new Concern(components, kind, EnumSet.of(severity), null, null);
	}

	/**
	 * Whoever got any update of a notice also gets the closing one, through the filters
	 * that let any of them through.
	 */
	public Concern orToldOf(String noticeId, Set<Severity> severitiesBefore) {
		Set<Severity> all = EnumSet.copyOf(this.severities);
		all.addAll(severitiesBefore);
		return new Concern(this.components, this.kind, all, noticeId, this.clients);
	}

	/**
	 * Looks at some clients only.
	 */
	public Concern among(Collection<String> clients) {
		return new Concern(this.components, this.kind, this.severities, this.toldOf, List.copyOf(clients));
	}

	/**
	 * A subquery for the ids of the clients that may be concerned.
	 */
	String clientIds() {
		String sql = "SELECT client_id FROM entitlement WHERE component_id IN (:components)";
		if (this.clients != null) {
			sql += " AND client_id IN (:clients)";
		}
		if (this.toldOf != null) {
			sql += " UNION SELECT client_id FROM obligation WHERE notice_id = :toldOf";
		}
		else {
			sql = sql.replace("SELECT client_id", "SELECT DISTINCT client_id");
		}
		return sql;
	}

	Map<String, Object> parameters() {
		Map<String, Object> parameters = new HashMap<>();
		parameters.put("components", this.components);
		if (this.clients != null) {
			parameters.put("clients", this.clients);
		}
		if (this.toldOf != null) {
			parameters.put("toldOf", this.toldOf);
		}
		return parameters;
	}

}
