package io.punctual.delivery.dispatch;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.punctual.delivery.DeliveryClock;
import io.punctual.delivery.retry.Promise;
import io.punctual.shared.id.Ids;
import io.punctual.shared.time.DatabaseTime;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Makes deliveries wait again: the only way out of EXHAUSTED and SKIPPED. What was
 * delivered is not undone: it gets another delivery beside it. A promise that can still
 * be met is kept; a past one was judged, and what is left is best effort.
 */
@Component
public class ReplayedDeliveries {

	private static final int AT_ONCE = 200;

	private static final String IN_RANGE = """
			FROM delivery d WHERE d.endpoint_id = :endpoint AND d.state IN (:states)
			  AND d.started_at >= :since AND d.started_at < :until AND d.delivery_id > :reached
			  AND NOT EXISTS (SELECT 1 FROM delivery n WHERE n.obligation_id = d.obligation_id
			    AND n.endpoint_id = d.endpoint_id AND n.delivery_id > d.delivery_id)\s""";

	private final JdbcClient jdbc;

	private final JdbcTemplate batches;

	private final EndpointQueue queue;

	private final Enqueuing enqueuing;

	private final DeliveryClock clock;

	private final Counter replayed;

	ReplayedDeliveries(JdbcClient jdbc, JdbcTemplate batches, EndpointQueue queue, Enqueuing enqueuing,
			DeliveryClock clock, MeterRegistry registry) {
		this.jdbc = jdbc;
		this.batches = batches;
		this.queue = queue;
		this.enqueuing = enqueuing;
		this.clock = clock;
		this.replayed = Counter.builder("punctual.deliveries.replayed")
			.description("Deliveries that were made to wait again")
			.register(registry);
	}

	/**
	 * Count what a replay would send.
	 * @param most how far to count
	 * @return never more than that
	 */
	public int count(Range range, int most) {
		return select("SELECT COUNT(*) FROM (SELECT d.delivery_id " + IN_RANGE + "LIMIT :limit) some", range, most)
			.query(Integer.class)
			.single();
	}

	/** Makes the next batch wait, inside the caller's transaction. */
	public Batch replay(Range range) {
		this.queue.lock(Set.of(range.endpointId()));
		List<Found> found = select("SELECT d.* " + IN_RANGE + "ORDER BY d.delivery_id LIMIT :limit FOR UPDATE", range,
				AT_ONCE)
			.query((row, number) -> new Found(PendingDeliveries.map(row, number), row.getString("state")))
			.list();
		Instant now = this.clock.now();
		List<PendingDelivery> copies = new ArrayList<>();
		List<@Nullable Object[]> revived = new ArrayList<>();
		for (Found one : found) {
			PendingDelivery delivery = one.delivery();
			Promise promise = again(delivery.promise(), now);
			if (one.state().equals("DELIVERED")) {
				copies.add(PendingDelivery.fresh(Ids.next("dlv"), delivery.obligationId(), delivery.clientId(),
						delivery.noticeId(), delivery.updateId(), delivery.endpointId(), delivery.clientSeq(), promise,
						delivery.fallback()));
			}
			else {
				revived.add(new @Nullable Object[] { DatabaseTime.toColumn(promise.startedAt()),
						DatabaseTime.toNullableColumn(promise.dueAt()), DatabaseTime.toColumn(promise.earliestDue()),
						delivery.deliveryId() });
			}
		}
		this.batches.batchUpdate("""
				UPDATE delivery SET state = 'PENDING', reason = NULL, settled_at = NULL, rejected = FALSE,
				  next_at = NULL, last_side = NULL, started_at = ?, due_at = ?, earliest_due = ?
				WHERE delivery_id = ?""", revived);
		this.enqueuing.add(copies, Map.of());
		if (!found.isEmpty()) {
			this.enqueuing.wake(List.of(range.endpointId()));
		}
		this.replayed.increment(found.size());
		return new Batch(found.size(), found.isEmpty() ? null : found.getLast().delivery().deliveryId(),
				found.size() < AT_ONCE);
	}

	private static Promise again(Promise promise, Instant now) {
		Instant due = promise.dueAt();
		return (due != null && due.isAfter(now)) ? promise : new Promise(now, null);
	}

	private JdbcClient.StatementSpec select(String sql, Range range, int limit) {
		return this.jdbc.sql(sql)
			.param("endpoint", range.endpointId())
			.param("states",
					range.all() ? List.of("EXHAUSTED", "SKIPPED", "DELIVERED") : List.of("EXHAUSTED", "SKIPPED"))
			.param("since", DatabaseTime.toColumn(range.since()))
			.param("until", DatabaseTime.toColumn(range.until()))
			.param("reached", range.reached())
			.param("limit", limit);
	}

	private record Found(PendingDelivery delivery, String state) {
	}

	/**
	 * What is replayed.
	 *
	 * @param all what was delivered, too
	 * @param reached the last delivery that was looked at
	 */
	public record Range(String endpointId, Instant since, Instant until, boolean all, String reached) {
	}

	/**
	 * What came of a batch.
	 *
	 * @param reached the last delivery of it; null if there was none
	 * @param last whether nothing is left
	 */
	public record Batch(int replayed, @Nullable String reached, boolean last) {
	}

}
