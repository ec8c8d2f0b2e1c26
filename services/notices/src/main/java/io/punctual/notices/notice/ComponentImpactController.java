package io.punctual.notices.notice;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.punctual.notices.audience.Components;
import io.punctual.shared.contract.ImpactLevel;
import io.punctual.shared.contract.NoticeKind;
import io.punctual.shared.problem.ProblemException;
import io.punctual.shared.security.ProviderRead;
import io.punctual.shared.time.DatabaseTime;
import io.punctual.shared.web.Cursors;
import io.punctual.shared.web.Page;
import io.punctual.shared.web.PagedResponse;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Answers when a component was impaired, by what was published: each update states the
 * level until the next one of its notice.
 */
@RestController
class ComponentImpactController {

	private final JdbcClient jdbc;

	private final Components components;

	ComponentImpactController(JdbcClient jdbc, Components components) {
		this.jdbc = jdbc;
		this.components = components;
	}

	@GetMapping("/v1/components/{componentId}/impacts")
	@ProviderRead
	ResponseEntity<Page<Impairment>> list(@PathVariable String componentId,
			@RequestParam(required = false) @Nullable Instant from,
			@RequestParam(required = false) @Nullable Instant to,
			@RequestParam(required = false) @Nullable String cursor,
			@RequestParam(required = false) @Nullable Integer limit, HttpServletRequest request) {
		int size = Cursors.limit(limit);
		if (from != null && to != null && !from.isBefore(to)) {
			throw ProblemException.invalid("to", "must be after from");
		}
		if (!this.components.unknown(List.of(componentId)).isEmpty()) {
			throw ProblemException.notFound(componentId);
		}
		List<String> filter = List.of(componentId, String.valueOf(from), String.valueOf(to));
		String before = Cursors.decode(cursor, filter, List::getFirst);
		List<Impairment> found = find(componentId, from, to, before, size + 1);
		return PagedResponse.of(Page.of(found, size, (last) -> Cursors.encode(filter, last.updateId())), request);
	}

	private List<Impairment> find(String componentId, @Nullable Instant from, @Nullable Instant to,
			@Nullable String before, int limit) {
		StringBuilder sql = new StringBuilder("""
				SELECT i.level, u.update_id, u.notice_id, u.published_at, n.kind, n.drill,
				(SELECT MIN(x.published_at) FROM notice_update x
				WHERE x.notice_id = u.notice_id AND x.seq = u.seq + 1) AS until
				FROM update_impact i JOIN notice_update u ON u.update_id = i.update_id
				JOIN notice n ON n.notice_id = u.notice_id
				WHERE i.component_id = :componentId AND i.level <> 'NONE'""");
		Map<String, Object> parameters = new HashMap<>(Map.of("componentId", componentId, "limit", limit));
		if (before != null) {
			sql.append(" AND u.update_id < :before");
			parameters.put("before", before);
		}
		if (to != null) {
			sql.append(" AND u.published_at < :to");
			parameters.put("to", DatabaseTime.toColumn(to));
		}
		if (from != null) {
			sql.append(" AND NOT EXISTS (SELECT 1 FROM notice_update y WHERE y.notice_id = u.notice_id"
					+ " AND y.seq = u.seq + 1 AND y.published_at <= :from)");
			parameters.put("from", DatabaseTime.toColumn(from));
		}
		sql.append(" ORDER BY u.update_id DESC LIMIT :limit");
		return this.jdbc.sql(sql.toString()).params(parameters).query(ComponentImpactController::impairment).list();
	}

	private static Impairment impairment(ResultSet row, int number) throws SQLException {
		return new Impairment(row.getString("notice_id"), row.getString("update_id"),
				NoticeKind.valueOf(row.getString("kind")), ImpactLevel.valueOf(row.getString("level")),
				DatabaseTime.fromColumn(row.getObject("published_at", LocalDateTime.class)),
				DatabaseTime.fromNullableColumn(row.getObject("until", LocalDateTime.class)), row.getBoolean("drill"));
	}

	/**
	 * How a component fared for a time.
	 *
	 * @param to absent while it lasts
	 */
	record Impairment(String noticeId, String updateId, NoticeKind kind, ImpactLevel level, Instant from,
			@Nullable Instant to, boolean drill) {
	}

}
