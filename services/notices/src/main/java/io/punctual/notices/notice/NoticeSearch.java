package io.punctual.notices.notice;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.punctual.shared.contract.NoticeKind;
import io.punctual.shared.time.DatabaseTime;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Finds notices, the newest first.
 */
@Repository
class NoticeSearch {

	private final JdbcClient jdbc;

	private final Notices notices;

	NoticeSearch(JdbcClient jdbc, Notices notices) {
		this.jdbc = jdbc;
		this.notices = notices;
	}

	List<Notice> find(Filter filter, @Nullable String before, int limit) {
		StringBuilder sql = new StringBuilder("SELECT n.notice_id FROM notice n WHERE TRUE");
		Map<String, Object> parameters = new HashMap<>(Map.of("limit", limit));
		and(sql, parameters, "n.kind = :kind", "kind", (filter.kind() != null) ? filter.kind().name() : null);
		and(sql, parameters, "n.state = :state", "state", (filter.state() != null) ? filter.state().name() : null);
		and(sql, parameters, "EXISTS (SELECT 1 FROM notice_component c WHERE c.notice_id = n.notice_id"
				+ " AND c.component_id = :component)", "component", filter.component());
		and(sql, parameters,
				"EXISTS (SELECT 1 FROM obligation o WHERE o.notice_id = n.notice_id" + " AND o.client_id = :client)",
				"client", filter.client());
		and(sql, parameters, "n.updated_at > :updatedAfter", "updatedAfter",
				DatabaseTime.toNullableColumn(filter.updatedAfter()));
		and(sql, parameters, "n.notice_id < :before", "before", before);
		List<String> ids = this.jdbc.sql(sql.append(" ORDER BY n.notice_id DESC LIMIT :limit").toString())
			.params(parameters)
			.query((row, number) -> row.getString(1))
			.list();
		return this.notices.findAllById(ids)
			.stream()
			.sorted(Comparator.comparing(Notice::noticeId).reversed())
			.toList();
	}

	private static void and(StringBuilder sql, Map<String, Object> parameters, String condition, String name,
			@Nullable Object value) {
		if (value != null) {
			sql.append(" AND ").append(condition);
			parameters.put(name, value);
		}
	}

	/**
	 * What selects notices; a null selects all.
	 */
	record Filter(@Nullable NoticeKind kind, @Nullable NoticeState state, @Nullable String component,
			@Nullable String client, @Nullable Instant updatedAfter) {
	}

}
