package io.punctual.clients.oncall;

import java.time.Instant;
import java.time.LocalDateTime;

import io.punctual.shared.time.DatabaseTime;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The one row that says who is on call.
 */
@Repository
class OnCallStore {

	private static final String SELECT = "SELECT client_id, version, changed_at FROM on_call WHERE only_row = 1";

	private final JdbcClient jdbc;

	OnCallStore(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	OnCall get() {
		return read("");
	}

	/** Locked until the transaction ends. */
	OnCall lock() {
		return read(" FOR UPDATE");
	}

	void put(@Nullable String clientId, Instant now) {
		this.jdbc
			.sql("UPDATE on_call SET client_id = :client, version = version + 1, changed_at = :now WHERE only_row = 1")
			.param("client", clientId)
			.param("now", DatabaseTime.toColumn(now))
			.update();
	}

	/** Whether a client is there that nothing is promised to. */
	boolean mayBe(String clientId) {
		return this.jdbc.sql("SELECT COUNT(*) FROM client WHERE id = ? AND state = 'ACTIVE' AND synthetic")
			.param(clientId)
			.query(Long.class)
			.single() > 0;
	}

	private OnCall read(String lock) {
		return this.jdbc.sql(SELECT + lock)
			.query((row, number) -> new OnCall(row.getString("client_id"),
					DatabaseTime.fromColumn(row.getObject("changed_at", LocalDateTime.class)), row.getLong("version")))
			.single();
	}

}
