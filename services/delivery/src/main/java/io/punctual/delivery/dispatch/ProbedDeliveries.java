package io.punctual.delivery.dispatch;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.punctual.delivery.dispatch.Completion.Attempt;
import io.punctual.delivery.dispatch.Completion.Verdict;
import io.punctual.shared.bulk.BulkUpdate.Type;
import io.punctual.shared.bulk.BulkUpdate;
import io.punctual.shared.contract.DeliveriesFailing;
import io.punctual.shared.time.DatabaseTime;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Counts a failed probe for everything that waits for its endpoint. A failing endpoint is
 * sent one delivery at a time; for the others the probe is the attempt, and its failure
 * the evidence of whose fault it is that they do not arrive.
 */
@Repository
class ProbedDeliveries {

	/** The next probe counts for the rest. */
	private static final int MOST = 500;

	private static final BulkUpdate NOTED = BulkUpdate.of("delivery", "delivery_id")
		.set("first_attempt_at", Type.INSTANT)
		.set("last_side", Type.CODE)
		.where("t.state = 'PENDING'");

	private final JdbcTemplate batches;

	private final JdbcClient jdbc;

	ProbedDeliveries(JdbcTemplate batches, JdbcClient jdbc) {
		this.batches = batches;
		this.jdbc = jdbc;
	}

	/**
	 * Note failed attempts at those that waited beside, inside the caller's transaction
	 * and after the attempts' own deliveries were written.
	 * @param completions what came of attempts
	 * @return the deliveries for which this is news
	 */
	List<DeliveriesFailing.Item> write(List<Completion> completions) {
		Map<String, Attempt> failed = new HashMap<>();
		for (Completion one : completions) {
			Attempt attempt = one.attempt();
			if (attempt != null && attempt.result().side() != null && !one.isEndpointHealthy()
					&& one.verdict() != Verdict.GONE) {
				failed.put(one.delivery().endpointId(), attempt);
			}
		}
		List<DeliveriesFailing.Item> items = new ArrayList<>();
		failed.forEach((endpointId, attempt) -> items.addAll(write(endpointId, attempt)));
		return items;
	}

	private List<DeliveriesFailing.Item> write(String endpointId, Attempt attempt) {
		Instant start = attempt.result().start();
		DeliveriesFailing.Side side = attempt.result().side();
		if (side == null) {
			return List.of();
		}
		List<DeliveriesFailing.Item> items = this.jdbc.sql("""
				SELECT obligation_id, delivery_id, COALESCE(first_attempt_at, :start) FROM delivery
				WHERE endpoint_id = :endpoint AND state = 'PENDING' AND started_at <= :start
				  AND (last_side IS NULL OR last_side <> :side) ORDER BY earliest_due LIMIT :most""")
			.param("start", DatabaseTime.toColumn(start))
			.param("endpoint", endpointId)
			.param("side", side.name())
			.param("most", MOST)
			.query((row, number) -> new DeliveriesFailing.Item(row.getString(1), row.getString(2), endpointId,
					DatabaseTime.fromColumn(row.getObject(3, LocalDateTime.class)), side,
					String.valueOf(attempt.result().error())))
			.list();
		NOTED.run(this.batches,
				items.stream()
					.map((item) -> new Object[] { item.deliveryId(), DatabaseTime.toColumn(item.firstAttemptAt()),
							side.name() })
					.toList());
		return items;
	}

}
