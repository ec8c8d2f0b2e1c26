package io.punctual.clients.client;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;

import io.punctual.shared.time.DatabaseTime;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Which client uses which component.
 */
@Component
class Entitlements {

	private final JdbcClient jdbc;

	Entitlements(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	List<Entitlement> of(String clientId) {
		return this.jdbc.sql("""
				SELECT e.component_id, c.name, e.effective_at FROM entitlement e
				JOIN component c ON c.id = e.component_id WHERE e.client_id = ? ORDER BY e.component_id""")
			.param(clientId)
			.query((row, index) -> new Entitlement(row.getString(1), row.getString(2),
					DatabaseTime.fromColumn(row.getObject(3, LocalDateTime.class))))
			.list();
	}

	/** Grants it, unless it is granted already. */
	boolean grant(String clientId, String componentId, Instant effectiveAt) {
		return this.jdbc.sql("INSERT IGNORE INTO entitlement (client_id, component_id, effective_at) VALUES (?, ?, ?)")
			.params(clientId, componentId, DatabaseTime.toColumn(effectiveAt))
			.update() == 1;
	}

	boolean revoke(String clientId, String componentId) {
		return this.jdbc.sql("DELETE FROM entitlement WHERE client_id = ? AND component_id = ?")
			.params(clientId, componentId)
			.update() == 1;
	}

	/**
	 * A component that a client uses.
	 */
	record Entitlement(String componentId, String name, Instant effectiveAt) {
	}

}
