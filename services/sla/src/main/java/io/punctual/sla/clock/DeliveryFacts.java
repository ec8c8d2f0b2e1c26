package io.punctual.sla.clock;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.punctual.shared.contract.DeliveriesFailing;
import io.punctual.shared.contract.DeliveriesSettled;
import io.punctual.shared.time.DatabaseTime;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * What became of each delivery of an obligation: the evidence of whose miss it is.
 */
@Repository
public class DeliveryFacts {

	private final JdbcClient jdbc;

	private final JdbcTemplate batches;

	DeliveryFacts(JdbcClient jdbc, JdbcTemplate batches) {
		this.jdbc = jdbc;
		this.batches = batches;
	}

	void settled(List<DeliveriesSettled.Item> items) {
		this.batches.batchUpdate(
				"""
						INSERT INTO delivery_fact (delivery_id, obligation_id, endpoint_id, outcome, settled_at, attempts, reason)
						VALUES (?, ?, ?, ?, ?, ?, ?)
						ON DUPLICATE KEY UPDATE outcome = VALUES(outcome), settled_at = VALUES(settled_at),
						  attempts = VALUES(attempts), reason = COALESCE(VALUES(reason), reason)""",
				items.stream()
					.map((item) -> new @Nullable Object[] { item.deliveryId(), item.obligationId(), item.endpointId(),
							item.outcome().name(), DatabaseTime.toColumn(item.at()), item.attempts(),
							shorten(item.reason()) })
					.toList());
	}

	void failing(List<DeliveriesFailing.Item> items, Instant at) {
		this.batches.batchUpdate(
				"""
						INSERT INTO delivery_fact (delivery_id, obligation_id, endpoint_id, first_attempt_at,
						  recipient_failed_at, provider_failed_at, reason)
						VALUES (?, ?, ?, ?, ?, ?, ?)
						ON DUPLICATE KEY UPDATE first_attempt_at = COALESCE(first_attempt_at, VALUES(first_attempt_at)),
						  recipient_failed_at = COALESCE(recipient_failed_at, VALUES(recipient_failed_at)),
						  provider_failed_at = COALESCE(provider_failed_at, VALUES(provider_failed_at)), reason = VALUES(reason)""",
				items.stream().map((item) -> {
					boolean recipient = item.side() == DeliveriesFailing.Side.RECIPIENT;
					return new @Nullable Object[] { item.deliveryId(), item.obligationId(), item.endpointId(),
							DatabaseTime.toColumn(item.firstAttemptAt()), recipient ? DatabaseTime.toColumn(at) : null,
							recipient ? null : DatabaseTime.toColumn(at), shorten(item.reason()) };
				}).toList());
	}

	/**
	 * The deliveries of some obligations.
	 * @param obligationIds the obligations
	 * @return by obligation; absent if nothing is known
	 */
	public Map<String, List<DeliveryFact>> of(Collection<String> obligationIds) {
		if (obligationIds.isEmpty()) {
			return Map.of();
		}
		return this.jdbc.sql("SELECT * FROM delivery_fact WHERE obligation_id IN (:ids) ORDER BY delivery_id")
			.param("ids", obligationIds)
			.query(DeliveryFacts::map)
			.list()
			.stream()
			.collect(Collectors.groupingBy(DeliveryFact::obligationId));
	}

	private static DeliveryFact map(ResultSet row, int number) throws SQLException {
		return new DeliveryFact(row.getString("delivery_id"), row.getString("obligation_id"),
				row.getString("endpoint_id"), ClockRows.nullableInstant(row, "first_attempt_at"),
				ClockRows.nullableInstant(row, "recipient_failed_at"),
				ClockRows.nullableInstant(row, "provider_failed_at"), row.getString("outcome"),
				ClockRows.nullableInstant(row, "settled_at"), (Integer) row.getObject("attempts"),
				row.getString("reason"));
	}

	private static @Nullable String shorten(@Nullable String text) {
		return (text != null && text.length() > 250) ? text.substring(0, 250) : text;
	}

}
