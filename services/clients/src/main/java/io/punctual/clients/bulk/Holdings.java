package io.punctual.clients.bulk;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.punctual.shared.contract.AgreementTerms;
import io.punctual.shared.time.DatabaseTime;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What many clients use and were promised, read and written in batches.
 */
@Component
class Holdings {

	private static final int BATCH = 1000;

	private final JdbcClient jdbc;

	private final JdbcTemplate batches;

	Holdings(JdbcClient jdbc, JdbcTemplate batches) {
		this.jdbc = jdbc;
		this.batches = batches;
	}

	/** What clients have now, which must be locked already. */
	Present of(Collection<String> clientIds) {
		Set<Entitlement> entitlements = new HashSet<>();
		Map<String, Assignment> assignments = new HashMap<>();
		List<String> ids = List.copyOf(clientIds);
		for (int from = 0; from < ids.size(); from += BATCH) {
			List<String> some = ids.subList(from, Math.min(ids.size(), from + BATCH));
			this.jdbc.sql("SELECT client_id, component_id FROM entitlement WHERE client_id IN (:ids)")
				.param("ids", some)
				.query((row, index) -> new Entitlement(row.getString(1), row.getString(2)))
				.list()
				.forEach(entitlements::add);
			// The last one, if it is still to come: it is what an upsert would repeat.
			this.jdbc.sql("""
					SELECT client_id, agreement_id, number FROM agreement_assignment WHERE client_id IN (:ids)
					ORDER BY client_id, effective_at""")
				.param("ids", some)
				.query((row, index) -> new Assignment(row.getString(1), row.getString(2), row.getInt(3)))
				.list()
				.forEach((assignment) -> assignments.put(assignment.clientId(), assignment));
		}
		return new Present(entitlements, assignments);
	}

	void grant(Collection<Entitlement> entitlements, Instant effectiveAt) {
		LocalDateTime from = DatabaseTime.toColumn(effectiveAt);
		this.batches.batchUpdate("INSERT INTO entitlement (client_id, component_id, effective_at) VALUES (?, ?, ?)",
				entitlements.stream().map((one) -> new Object[] { one.clientId(), one.componentId(), from }).toList());
	}

	void assign(Collection<Assignment> assignments, Instant effectiveAt) {
		LocalDateTime from = DatabaseTime.toColumn(effectiveAt);
		this.batches.batchUpdate("""
				INSERT INTO agreement_assignment (client_id, effective_at, agreement_id, number) VALUES (?, ?, ?, ?)
				ON DUPLICATE KEY UPDATE agreement_id = VALUES(agreement_id), number = VALUES(number)""",
				assignments.stream()
					.map((one) -> new Object[] { one.clientId(), from, one.agreementId(), one.number() })
					.toList());
	}

	/**
	 * What some clients have.
	 */
	record Present(Set<Entitlement> entitlements, Map<String, Assignment> assignments) {

		boolean uses(String clientId, String componentId) {
			return this.entitlements.contains(new Entitlement(clientId, componentId));
		}

		boolean isUnder(String clientId, @Nullable AgreementTerms terms) {
			return terms == null || new Assignment(clientId, terms.agreementId(), terms.version())
				.equals(this.assignments.get(clientId));
		}

	}

	/**
	 * A client uses a component.
	 */
	record Entitlement(String clientId, String componentId) {
	}

	/**
	 * A client is under a version of an agreement.
	 */
	record Assignment(String clientId, String agreementId, int number) {
	}

}
