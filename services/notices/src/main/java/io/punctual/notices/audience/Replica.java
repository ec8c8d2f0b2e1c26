package io.punctual.notices.audience;

import java.util.Collection;
import java.util.List;

import io.punctual.shared.time.DatabaseTime;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/**
 * Writes the replica of {@code clients}, in batches.
 */
@Repository
class Replica {

	private static final List<String> TABLES = List.of("client", "component", "entitlement", "endpoint",
			"agreement_version", "client_agreement");

	private static final int BATCH = 1000;

	private final JdbcTemplate jdbc;

	private final JsonMapper json;

	Replica(JdbcTemplate jdbc, JsonMapper json) {
		this.jdbc = jdbc;
		this.json = json;
	}

	void clear() {
		// Versions of agreements stay: they never change, and obligations refer to them.
		TABLES.stream()
			.filter((table) -> !table.equals("agreement_version"))
			.forEach((table) -> this.jdbc.update("DELETE FROM " + table));
	}

	void putClients(Collection<ClientFacts.Client> clients) {
		batch("""
				INSERT INTO client (client_id, external_id, name, state) VALUES (?, ?, ?, ?)
				ON DUPLICATE KEY UPDATE external_id = VALUES(external_id), name = VALUES(name), state = VALUES(state)""",
				clients, (row) -> new @Nullable Object[] { row.clientId(), row.externalId(), row.name(), row.state() });
	}

	void putComponents(Collection<ClientFacts.Component> components) {
		batch("""
				INSERT INTO component (component_id, name, state) VALUES (?, ?, ?)
				ON DUPLICATE KEY UPDATE name = VALUES(name), state = VALUES(state)""", components,
				(row) -> new @Nullable Object[] { row.componentId(), row.name(), row.state() });
	}

	void putEndpoints(Collection<ClientFacts.Endpoint> endpoints) {
		batch("""
				INSERT INTO endpoint
				(endpoint_id, client_id, state, filter_kinds, filter_severities, filter_components)
				VALUES (?, ?, ?, ?, ?, ?)
				ON DUPLICATE KEY UPDATE client_id = VALUES(client_id), state = VALUES(state),
				filter_kinds = VALUES(filter_kinds), filter_severities = VALUES(filter_severities),
				filter_components = VALUES(filter_components)""", endpoints, (row) -> {
			ClientFacts.Filter filter = row.filter();
			return new @Nullable Object[] { row.endpointId(), row.clientId(), row.state(),
					list((filter != null) ? filter.kinds() : null), list((filter != null) ? filter.severities() : null),
					list((filter != null) ? filter.components() : null) };
		});
	}

	void putAgreements(Collection<ClientFacts.Assignment> assigned) {
		batch("""
				INSERT INTO agreement_version (agreement_id, version, terms) VALUES (?, ?, ?)
				ON DUPLICATE KEY UPDATE agreement_id = VALUES(agreement_id)""",
				assigned.stream().map(ClientFacts.Assignment::agreement).distinct().toList(),
				(terms) -> new @Nullable Object[] { terms.agreementId(), terms.version(),
						this.json.writeValueAsString(terms) });
		batch("""
				INSERT INTO client_agreement (client_id, effective_at, agreement_id, version) VALUES (?, ?, ?, ?)
				ON DUPLICATE KEY UPDATE agreement_id = VALUES(agreement_id), version = VALUES(version)""", assigned,
				(row) -> new @Nullable Object[] { row.clientId(), DatabaseTime.toColumn(row.effectiveAt()),
						row.agreement().agreementId(), row.agreement().version() });
	}

	void putEntitlements(Collection<Grant> grants) {
		batch("""
				INSERT INTO entitlement (component_id, client_id, effective_at) VALUES (?, ?, ?)
				ON DUPLICATE KEY UPDATE effective_at = VALUES(effective_at)""", grants,
				(row) -> new @Nullable Object[] { row.componentId(), row.clientId(),
						DatabaseTime.toColumn(row.effectiveAt()) });
	}

	void removeEntitlements(Collection<Grant> grants) {
		batch("DELETE FROM entitlement WHERE component_id = ? AND client_id = ?", grants,
				(row) -> new @Nullable Object[] { row.componentId(), row.clientId() });
	}

	private @Nullable String list(@Nullable List<String> values) {
		return (values != null && !values.isEmpty()) ? this.json.writeValueAsString(values) : null;
	}

	private <T> void batch(String sql, Collection<T> rows, java.util.function.Function<T, @Nullable Object[]> values) {
		if (rows.isEmpty()) {
			return;
		}
		this.jdbc.batchUpdate(sql, rows, BATCH, (statement, row) -> {
			@Nullable Object[] columns = values.apply(row);
			for (int i = 0; i < columns.length; i++) {
				statement.setObject(i + 1, columns[i]);
			}
		});
	}

}
