package io.punctual.notices.audience;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.punctual.shared.contract.AgreementTerms;
import io.punctual.shared.time.DatabaseTime;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Finds whom a notice concerns, by the replica as it is: three queries, whatever the
 * number of clients.
 */
@Repository
public class Audiences {

	private final JdbcClient jdbc;

	private final Agreements agreements;

	private final JsonMapper json;

	Audiences(JdbcClient jdbc, Agreements agreements, JsonMapper json) {
		this.jdbc = jdbc;
		this.agreements = agreements;
		this.json = json;
	}

	/**
	 * Whom a notice concerns at an instant.
	 * @param concern what makes it concern a client
	 * @param at entitlements and agreements count that are in force then
	 * @return in no particular order
	 */
	public List<Member> find(Concern concern, Instant at) {
		Map<String, Instant> entitled = entitledAt(concern, at);
		if (entitled.isEmpty()) {
			return List.of();
		}
		Map<String, Agreements.Key> inForce = agreementsInForce(concern, at);
		Map<String, List<String>> matching = new HashMap<>();
		Set<String> unmatched = new HashSet<>();
		endpoints(concern, matching, unmatched);
		List<Member> members = new ArrayList<>(entitled.size());
		entitled.forEach((clientId, entitledAt) -> {
			List<String> endpointIds = matching.getOrDefault(clientId, List.of());
			boolean optedOut = endpointIds.isEmpty() && unmatched.contains(clientId);
			Agreements.Key key = (optedOut) ? null : inForce.get(clientId);
			members
				.add(new Member(clientId, entitledAt, (key != null) ? this.agreements.terms(key) : null, endpointIds));
		});
		return members;
	}

	/**
	 * Takes the database's time, and looks whether an audience is another one by then.
	 * @param components the audience's components
	 * @param after the instant at which it was found
	 * @return now, and whether an entitlement or an agreement of these components'
	 * clients has come into force since
	 */
	public Moment now(Collection<String> components, Instant after) {
		return this.jdbc.sql("""
				SELECT UTC_TIMESTAMP(6), EXISTS (SELECT 1 FROM entitlement WHERE component_id IN (:components)
				  AND effective_at > :after AND effective_at <= UTC_TIMESTAMP(6))
				OR EXISTS (SELECT 1 FROM client_agreement
				  WHERE effective_at > :after AND effective_at <= UTC_TIMESTAMP(6))""")
			.param("components", components)
			.param("after", DatabaseTime.toColumn(after))
			.query((row, number) -> new Moment(DatabaseTime.fromColumn(row.getObject(1, LocalDateTime.class)),
					row.getBoolean(2)))
			.single();
	}

	private Map<String, Instant> entitledAt(Concern concern, Instant at) {
		Map<String, Instant> entitled = new HashMap<>();
		this.jdbc.sql("SELECT a.client_id, c.state, (SELECT MIN(e.effective_at) FROM entitlement e"
				+ " WHERE e.client_id = a.client_id AND e.component_id IN (:components) AND e.effective_at <= :at)"
				+ ((concern.toldOf() != null) ? ", EXISTS (SELECT 1 FROM obligation o WHERE o.client_id = a.client_id"
						+ " AND o.notice_id = :toldOf)" : ", FALSE")
				+ " FROM (" + concern.clientIds() + ") a JOIN client c ON c.client_id = a.client_id")
			.params(concern.parameters())
			.param("at", DatabaseTime.toColumn(at))
			.query((row) -> {
				LocalDateTime since = (row.getString(2).equals("ACTIVE")) ? row.getObject(3, LocalDateTime.class)
						: null;
				if (since != null || row.getBoolean(4)) {
					entitled.put(row.getString(1), (since != null) ? DatabaseTime.fromColumn(since) : at);
				}
			});
		return entitled;
	}

	private Map<String, Agreements.Key> agreementsInForce(Concern concern, Instant at) {
		Map<String, Agreements.Key> inForce = new HashMap<>();
		// In ascending order, so that the last one stays.
		this.jdbc
			.sql("SELECT g.client_id, g.agreement_id, g.version FROM (" + concern.clientIds()
					+ ") a JOIN client_agreement g ON g.client_id = a.client_id JOIN client c"
					+ " ON c.client_id = a.client_id AND c.state = 'ACTIVE' WHERE g.effective_at <= :at"
					+ " ORDER BY g.effective_at")
			.params(concern.parameters())
			.param("at", DatabaseTime.toColumn(at))
			.query((row) -> {
				inForce.put(row.getString(1), new Agreements.Key(row.getString(2), row.getInt(3)));
			});
		return inForce;
	}

	private void endpoints(Concern concern, Map<String, List<String>> matching, Set<String> unmatched) {
		Set<String> severities = new HashSet<>();
		concern.severities().forEach((severity) -> severities.add(severity.name()));
		this.jdbc
			.sql("SELECT p.endpoint_id, p.client_id, p.filter_kinds, p.filter_severities, p.filter_components FROM ("
					+ concern.clientIds() + ") a JOIN endpoint p ON p.client_id = a.client_id"
					+ " WHERE p.state <> 'GONE' ORDER BY p.endpoint_id")
			.params(concern.parameters())
			.query((row) -> {
				boolean matches = passes(row.getString(3), Set.of(concern.kind().name()))
						&& passes(row.getString(4), severities) && passes(row.getString(5), concern.components());
				if (matches) {
					matching.computeIfAbsent(row.getString(2), (key) -> new ArrayList<>(2)).add(row.getString(1));
				}
				else {
					unmatched.add(row.getString(2));
				}
			});
	}

	private boolean passes(@Nullable String filter, Collection<String> values) {
		return filter == null || !Collections.disjoint(List.of(this.json.readValue(filter, String[].class)), values);
	}

	/**
	 * The terms of a version that an obligation was made under.
	 * @param agreementId the agreement
	 * @param version its version
	 * @return the terms
	 */
	public AgreementTerms terms(String agreementId, int version) {
		return this.agreements.terms(new Agreements.Key(agreementId, version));
	}

	/**
	 * An instant of the database.
	 *
	 * @param changed whether the audience is another one by then
	 */
	public record Moment(Instant now, boolean changed) {
	}

}
