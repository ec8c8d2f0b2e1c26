package io.punctual.delivery.dispatch;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

import io.punctual.shared.bulk.BulkUpdate;
import io.punctual.shared.bulk.BulkUpdate.Type;
import io.punctual.shared.time.DatabaseTime;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The obligations that are not yet kept, inside the caller's transaction.
 */
@Repository
class OpenObligations {

	private static final BulkUpdate SATISFIED = BulkUpdate.of("obligation", "obligation_id")
		.set("satisfied_at", Type.INSTANT)
		.setting("fallback_at = NULL")
		.build();

	private static final BulkUpdate REACHED = BulkUpdate.of("obligation", "obligation_id")
		.set("reached", Type.CODE)
		.build();

	private final JdbcClient jdbc;

	private final JdbcTemplate batches;

	OpenObligations(JdbcClient jdbc, JdbcTemplate batches) {
		this.jdbc = jdbc;
		this.batches = batches;
	}

	/** Locks those that are open. */
	Map<String, Requirement> open(Collection<String> obligationIds) {
		Map<String, Requirement> open = new HashMap<>();
		if (!obligationIds.isEmpty()) {
			this.jdbc.sql("""
					SELECT obligation_id, required, requires_all, reached FROM obligation
					WHERE obligation_id IN (:ids) AND satisfied_at IS NULL ORDER BY obligation_id FOR UPDATE""")
				.param("ids", new TreeSet<>(obligationIds))
				.query((row, number) -> open.put(row.getString(1),
						Requirement.of(row.getString(2), row.getBoolean(3), row.getString(4))))
				.list();
		}
		return open;
	}

	void satisfied(Map<String, Instant> kept) {
		SATISFIED.run(this.batches,
				kept.entrySet()
					.stream()
					.map((entry) -> new Object[] { entry.getKey(), DatabaseTime.toColumn(entry.getValue()) })
					.toList());
	}

	void reached(Map<String, Requirement> reached) {
		REACHED.run(this.batches,
				reached.entrySet()
					.stream()
					.map((entry) -> new @Nullable Object[] { entry.getKey(), entry.getValue().reachedColumn() })
					.toList());
	}

}
