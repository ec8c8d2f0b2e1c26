package io.punctual.notices.obligation;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.punctual.shared.time.DatabaseTime;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The obligations of notices, to be read.
 */
@Repository
public class Obligations {

	private final JdbcClient jdbc;

	private final JsonMapper json;

	Obligations(JdbcClient jdbc, JsonMapper json) {
		this.jdbc = jdbc;
		this.json = json;
	}

	/**
	 * Whether a client was ever owed an update of a notice; it sees no other notices.
	 * @param noticeId the notice
	 * @param clientId the client
	 * @return whether the notice is its business
	 */
	public boolean exists(String noticeId, String clientId) {
		return this.jdbc
			.sql("SELECT EXISTS (SELECT 1 FROM obligation WHERE client_id = :clientId AND notice_id = :noticeId)")
			.param("clientId", clientId)
			.param("noticeId", noticeId)
			.query(Boolean.class)
			.single();
	}

	/**
	 * A notice's obligations in the order in which they were made: update by update, the
	 * most urgent first.
	 */
	List<ObligationView> find(Filter filter, @Nullable String after, int limit) {
		StringBuilder sql = new StringBuilder("""
				SELECT o.*, g.agreement_id, g.agreement_version, g.owed_from, g.due_at, g.supplementary,
				u.seq, u.published_at, c.name AS client_name
				FROM obligation o
				JOIN obligation_group g ON g.update_id = o.update_id AND g.group_no = o.group_no
				JOIN notice_update u ON u.update_id = o.update_id
				LEFT JOIN client c ON c.client_id = o.client_id
				WHERE o.notice_id = :noticeId""");
		Map<String, Object> parameters = new HashMap<>(Map.of("noticeId", filter.noticeId(), "limit", limit));
		and(sql, parameters, " AND o.update_id = :updateId", "updateId", filter.updateId());
		and(sql, parameters, " AND o.client_id = :clientId", "clientId", filter.clientId());
		and(sql, parameters, " AND o.obligation_id > :after", "after", after);
		if (filter.state() != null) {
			sql.append(" AND o.satisfied_at IS ")
				.append((filter.state() == ObligationView.State.OPEN) ? "NULL" : "NOT NULL");
		}
		sql.append(" ORDER BY o.obligation_id LIMIT :limit");
		return this.jdbc.sql(sql.toString()).params(parameters).query(this::view).list();
	}

	private ObligationView view(ResultSet row, int number) throws SQLException {
		Instant satisfiedAt = instant(row, "satisfied_at");
		Instant dueAt = instant(row, "due_at");
		int version = row.getInt("agreement_version");
		return new ObligationView(row.getString("obligation_id"), row.getString("notice_id"),
				row.getString("update_id"), row.getInt("seq"), row.getString("client_id"), row.getString("client_name"),
				(satisfiedAt != null) ? ObligationView.State.SATISFIED : ObligationView.State.OPEN,
				DatabaseTime.fromColumn(row.getObject("published_at", LocalDateTime.class)),
				DatabaseTime.fromColumn(row.getObject("owed_from", LocalDateTime.class)), dueAt,
				row.getString("agreement_id"), (version > 0) ? version : null, row.getBoolean("supplementary"),
				List.of(this.json.readValue(row.getString("endpoint_ids"), String[].class)), satisfiedAt,
				(satisfiedAt != null && dueAt != null) ? !satisfiedAt.isAfter(dueAt) : null,
				instant(row, "acknowledged_at"), row.getString("last_outcome"), row.getString("last_reason"));
	}

	private static void and(StringBuilder sql, Map<String, Object> parameters, String condition, String name,
			@Nullable String value) {
		if (value != null) {
			sql.append(condition);
			parameters.put(name, value);
		}
	}

	private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
		return DatabaseTime.fromNullableColumn(row.getObject(column, LocalDateTime.class));
	}

	/**
	 * What selects obligations.
	 */
	record Filter(String noticeId, @Nullable String updateId, @Nullable String clientId,
			ObligationView.@Nullable State state) {
	}

}
