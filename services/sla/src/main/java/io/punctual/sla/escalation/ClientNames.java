package io.punctual.sla.escalation;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The clients for which somebody is called: those that only watch the system are left
 * out, what they find has alarms of its own.
 */
@Repository
class ClientNames {

	private final JdbcClient jdbc;

	ClientNames(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** Names by client; a client of which nothing is known yet goes by its id. */
	Map<String, String> of(Collection<String> clientIds) {
		Map<String, String> names = new HashMap<>();
		clientIds.forEach((id) -> names.put(id, id));
		this.jdbc.sql("SELECT client_id, name, synthetic FROM client WHERE client_id IN (:ids)")
			.param("ids", names.keySet())
			.query((row) -> {
				if (row.getBoolean("synthetic")) {
					names.remove(row.getString("client_id"));
				}
				else {
					names.put(row.getString("client_id"), row.getString("name"));
				}
			});
		return names;
	}

}
