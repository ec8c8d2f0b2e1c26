package io.punctual.sla.audit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.punctual.shared.contract.AuditRecorded.Outcome;
import io.punctual.shared.time.DatabaseTime;
import io.punctual.shared.web.Cursors;
import io.punctual.shared.web.Page;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Finds entries, the newest first; their ids are in order of time.
 */
@Repository
class AuditSearch {

	private final JdbcClient jdbc;

	AuditSearch(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	Page<AuditEntry> page(Filter filter, @Nullable String cursor, int limit) {
		String before = Cursors.decode(cursor, filter, List::getFirst);
		StringBuilder from = new StringBuilder("audit_entry e");
		StringBuilder where = new StringBuilder("1 = 1");
		List<Object> params = new ArrayList<>();
		about(filter.client(), "c", from, params);
		about(filter.subject(), "s", from, params);
		and(" AND e.actor = ?", filter.actor(), where, params);
		and(" AND e.action = ?", filter.action(), where, params);
		and(" AND e.outcome = ?", (filter.outcome() != null) ? filter.outcome().name() : null, where, params);
		and(" AND e.at >= ?", (filter.from() != null) ? DatabaseTime.toColumn(filter.from()) : null, where, params);
		and(" AND e.at < ?", (filter.to() != null) ? DatabaseTime.toColumn(filter.to()) : null, where, params);
		and(" AND e.audit_id < ?", before, where, params);
		params.add(limit + 1);
		List<AuditEntry> found = this.jdbc
			.sql("SELECT " + AuditEntries.COLUMNS + " FROM " + from + " WHERE " + where
					+ " ORDER BY e.audit_id DESC LIMIT ?")
			.params(params)
			.query(AuditEntries::map)
			.list();
		return Page.of(found, limit, (last) -> Cursors.encode(filter, last.auditId()));
	}

	private static void about(@Nullable String id, String alias, StringBuilder from, List<Object> params) {
		if (id != null) {
			from.append(" JOIN audit_about ")
				.append(alias)
				.append(" ON ")
				.append(alias)
				.append(".audit_id = e.audit_id AND ")
				.append(alias)
				.append(".about = ?");
			params.add(id);
		}
	}

	private static void and(String condition, @Nullable Object value, StringBuilder where, List<Object> params) {
		if (value != null) {
			where.append(condition);
			params.add(value);
		}
	}

	/**
	 * Which entries.
	 *
	 * @param actor whose
	 * @param client about which client
	 * @param subject about what else
	 * @param from not before
	 * @param to before
	 */
	record Filter(@Nullable String actor, @Nullable String client, @Nullable String subject, @Nullable String action,
			@Nullable Outcome outcome, @Nullable Instant from, @Nullable Instant to) {
	}

}
