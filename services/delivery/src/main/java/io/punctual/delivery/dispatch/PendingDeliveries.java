package io.punctual.delivery.dispatch;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.punctual.delivery.retry.Promise;
import io.punctual.shared.bulk.BulkInsert;
import io.punctual.shared.bulk.BulkUpdate.Type;
import io.punctual.shared.contract.DeliveriesFailing.Side;
import io.punctual.shared.time.DatabaseTime;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The deliveries that are still to be made.
 */
@Repository
class PendingDeliveries {

	/** How many are read at once. */
	static final int BATCH = 200;

	/** So many for each endpoint are little. */
	private static final int FEW = 8;

	/**
	 * Of so many the next probe is computed; the promises of more are hardly different.
	 */
	private static final int PROMISES = 50_000;

	/**
	 * A rejected one is due when more was said in its notice: it goes first, and the new
	 * one follows.
	 */
	private static final String OR_FOLLOWED = """
			 OR EXISTS (SELECT 1 FROM delivery n WHERE n.endpoint_id = d.endpoint_id AND n.state = 'PENDING'
			  AND n.attempts = 0 AND n.notice_id = d.notice_id AND n.client_seq > d.client_seq)
			""";

	private static final BulkInsert INSERT = BulkInsert.into("delivery")
		.own("delivery_id", Type.CODE)
		.own("obligation_id", Type.CODE)
		.own("client_id", Type.CODE)
		.own("endpoint_id", Type.CODE)
		.own("client_seq", Type.NUMBER)
		.common("notice_id", "update_id", "fallback", "state", "started_at", "due_at", "earliest_due", "attempts",
				"rejected")
		.build();

	private final JdbcClient jdbc;

	private final JdbcTemplate batches;

	PendingDeliveries(JdbcClient jdbc, JdbcTemplate batches) {
		this.jdbc = jdbc;
		this.batches = batches;
	}

	/**
	 * What waits for an endpoint.
	 * @param all also the rejected ones whose time has not come
	 */
	List<PendingDelivery> load(String endpointId, boolean all, Instant now) {
		LocalDateTime at = DatabaseTime.toColumn(now);
		return this.jdbc.sql("""
				SELECT * FROM delivery d WHERE endpoint_id = :endpoint AND state = 'PENDING'
				  AND (:all OR rejected = FALSE OR next_at <= :now""" + OR_FOLLOWED + """
				)
				ORDER BY rejected, earliest_due < :now, earliest_due, client_seq LIMIT :limit""")
			.param("endpoint", endpointId)
			.param("all", all)
			.param("now", at)
			.param("limit", BATCH)
			.query(PendingDeliveries::map)
			.list();
	}

	/**
	 * What waits for endpoints that have little, at once.
	 * @param all also the rejected ones whose time has not come
	 * @return by endpoint; null if some have so much that each is better read by itself
	 */
	@Nullable Map<String, List<PendingDelivery>> loadFew(Collection<String> endpointIds, boolean all, Instant now) {
		int most = BATCH + FEW * endpointIds.size();
		List<PendingDelivery> found = this.jdbc.sql("""
				SELECT * FROM delivery d WHERE endpoint_id IN (:endpoints) AND state = 'PENDING'
				  AND (:all OR rejected = FALSE OR next_at <= :now""" + OR_FOLLOWED + """
				) LIMIT :limit""")
			.param("endpoints", endpointIds)
			.param("all", all)
			.param("now", DatabaseTime.toColumn(now))
			.param("limit", most)
			.query(PendingDeliveries::map)
			.list();
		if (found.size() == most) {
			return null;
		}
		Map<String, List<PendingDelivery>> byEndpoint = new HashMap<>();
		endpointIds.forEach((id) -> byEndpoint.put(id, new ArrayList<>()));
		found.forEach((one) -> byEndpoint.computeIfAbsent(one.endpointId(), (id) -> new ArrayList<>()).add(one));
		return byEndpoint;
	}

	/** What decides when endpoints are tried next, by endpoint. */
	Map<String, List<Waiting>> waiting(Collection<String> endpointIds) {
		Map<String, List<Waiting>> waiting = new HashMap<>();
		if (!endpointIds.isEmpty()) {
			this.jdbc.sql("""
					SELECT endpoint_id, started_at, due_at, rejected, next_at FROM delivery
					WHERE endpoint_id IN (:ids) AND state = 'PENDING' LIMIT :limit""")
				.param("ids", endpointIds)
				.param("limit", PROMISES)
				.query((row, number) -> waiting.computeIfAbsent(row.getString(1), (id) -> new ArrayList<>())
					.add(new Waiting(promise(row), row.getBoolean("rejected"), instant(row, "next_at"))))
				.list();
		}
		return waiting;
	}

	void hurry(String deliveryId) {
		this.jdbc
			.sql("UPDATE delivery SET rejected = FALSE, next_at = NULL WHERE delivery_id = ? AND state = 'PENDING'")
			.param(deliveryId)
			.update();
	}

	void insert(List<PendingDelivery> deliveries) {
		BulkInsert.Rows rows = INSERT.rows();
		for (PendingDelivery delivery : deliveries) {
			rows.add(
					Arrays.<@Nullable Object>asList(delivery.noticeId(), delivery.updateId(), delivery.fallback(),
							"PENDING", DatabaseTime.toColumn(delivery.promise().startedAt()),
							DatabaseTime.toNullableColumn(delivery.promise().dueAt()),
							DatabaseTime.toColumn(delivery.earliestDue()), 0, false),
					delivery.deliveryId(), delivery.obligationId(), delivery.clientId(), delivery.endpointId(),
					delivery.clientSeq());
		}
		rows.insert(this.batches);
	}

	static PendingDelivery map(ResultSet row, int number) throws SQLException {
		String side = row.getString("last_side");
		return new PendingDelivery(row.getString("delivery_id"), row.getString("obligation_id"),
				row.getString("client_id"), row.getString("notice_id"), row.getString("update_id"),
				row.getString("endpoint_id"), row.getLong("client_seq"), promise(row), row.getBoolean("fallback"),
				row.getInt("attempts"), row.getBoolean("rejected"), instant(row, "next_at"),
				instant(row, "first_attempt_at"), (side != null) ? Side.valueOf(side) : null);
	}

	private static Promise promise(ResultSet row) throws SQLException {
		return new Promise(DatabaseTime.fromColumn(row.getObject("started_at", LocalDateTime.class)),
				instant(row, "due_at"));
	}

	private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
		return DatabaseTime.fromNullableColumn(row.getObject(column, LocalDateTime.class));
	}

	/**
	 * What decides when an endpoint is tried next.
	 */
	record Waiting(Promise promise, boolean rejected, @Nullable Instant nextAt) {
	}

}
