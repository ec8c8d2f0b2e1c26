package io.punctual.local.identity;

import java.util.List;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The API keys that were made with machine clients, in place of those that API Gateway
 * keeps on AWS. Values are kept as their SHA-256 only.
 */
@Component
class ApiKeys {

	private final JdbcClient jdbc;

	ApiKeys(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	void add(String id, String clientId, String value, String usagePlan) {
		this.jdbc.sql("INSERT INTO api_key (id, client_id, value_sha256, usage_plan) VALUES (?, ?, ?, ?)")
			.params(id, clientId, SecretEncoder.hex(value), usagePlan)
			.update();
	}

	void deleteOf(String clientId) {
		this.jdbc.sql("DELETE FROM api_key WHERE client_id = ?").param(clientId).update();
	}

	List<ApiKey> all() {
		return this.jdbc.sql("SELECT id, value_sha256, usage_plan FROM api_key ORDER BY id")
			.query((row, number) -> new ApiKey(row.getString(1), row.getString(2), row.getString(3)))
			.list();
	}

	/**
	 * A key as the gateway needs it.
	 *
	 * @param id the key's id
	 * @param valueSha256 its value's SHA-256, in hexadecimal digits
	 * @param usagePlan the usage plan it is in
	 */
	record ApiKey(String id, String valueSha256, String usagePlan) {
	}

}
