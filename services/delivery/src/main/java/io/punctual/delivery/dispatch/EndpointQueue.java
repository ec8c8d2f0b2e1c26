package io.punctual.delivery.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.punctual.delivery.DeliveryClock;
import io.punctual.delivery.DeliveryProperties;
import io.punctual.delivery.dispatch.Slots.Slot;
import io.punctual.shared.bulk.BulkUpdate.Type;
import io.punctual.shared.bulk.BulkUpdate;
import io.punctual.shared.id.Ids;
import io.punctual.shared.time.DatabaseTime;
import io.punctual.shared.transaction.Transactions;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The queue of endpoints: who waits, who is ready, who is leased. See
 * {@code docs/decisions/endpoint-lease.md}.
 */
@Repository
class EndpointQueue {

	private static final int AT_ONCE = 500;

	private static final BulkUpdate CHANGE = BulkUpdate.of("endpoint_queue", "endpoint_id")
		.set("state", Type.CODE)
		.set("earliest_due", Type.INSTANT)
		.set("next_at", Type.INSTANT)
		.set("lease_token", Type.CODE)
		.set("lease_until", Type.INSTANT)
		.value("woken", Type.NUMBER)
		.value("failing", Type.BOOLEAN)
		.setting("wake = t.wake + v.woken")
		.setting("failing_since = CASE WHEN v.failing THEN COALESCE(t.failing_since, UTC_TIMESTAMP(6)) ELSE NULL END")
		.build();

	private static final BulkUpdate WAKE = BulkUpdate.of("endpoint_queue", "endpoint_id")
		.set("earliest_due", Type.INSTANT)
		.setting("wake = t.wake + 1")
		.build();

	private static final BulkUpdate CLAIM = BulkUpdate.of("endpoint_queue", "endpoint_id")
		.set("lease_token", Type.CODE)
		.set("lease_until", Type.INSTANT)
		.setting("state = 'LEASED'")
		.build();

	private static final BulkUpdate RENEWAL = BulkUpdate.of("endpoint_queue", "endpoint_id")
		.set("lease_until", Type.INSTANT)
		.value("token", Type.CODE)
		.where("t.lease_token = v.token");

	private final JdbcClient jdbc;

	private final JdbcTemplate batches;

	private final Transactions transactions;

	private final DeliveryClock clock;

	private final Duration lease;

	EndpointQueue(JdbcClient jdbc, JdbcTemplate batches, Transactions transactions, DeliveryClock clock,
			DeliveryProperties properties) {
		this.jdbc = jdbc;
		this.batches = batches;
		this.transactions = transactions;
		this.clock = clock;
		this.lease = properties.lease();
	}

	Instant leaseEnd(Instant now) {
		return now.plus(this.lease);
	}

	/** Locks the rows of endpoints, in the order in which everybody locks them. */
	Map<String, Row> lock(Collection<String> endpointIds) {
		Map<String, Row> rows = new HashMap<>();
		if (!endpointIds.isEmpty()) {
			this.jdbc.sql("""
					SELECT endpoint_id, state, lease_token, wake, failing_since IS NOT NULL AS failing, earliest_due
					FROM endpoint_queue WHERE endpoint_id IN (:ids) ORDER BY endpoint_id FOR UPDATE""")
				.param("ids", endpointIds)
				.query((row, number) -> new Row(row.getString(1), row.getString(2), row.getString(3), row.getLong(4),
						row.getBoolean(5), DatabaseTime.fromColumn(row.getObject(6, java.time.LocalDateTime.class))))
				.list()
				.forEach((row) -> rows.put(row.endpointId(), row));
		}
		return rows;
	}

	void update(List<Change> changes) {
		CHANGE.run(this.batches,
				changes.stream()
					.map((change) -> new @Nullable Object[] { change.endpointId(), change.state(),
							DatabaseTime.toColumn(change.earliestDue()), DatabaseTime.toNullableColumn(change.nextAt()),
							change.token(), DatabaseTime.toNullableColumn(change.leaseUntil()), change.woken() ? 1 : 0,
							change.failing() })
					.toList());
	}

	/**
	 * Tells the holders of endpoints that work was added; their leases are their own to
	 * renew.
	 * @param earliestDue the earliest due by endpoint
	 */
	void wake(Map<String, Instant> earliestDue) {
		WAKE.run(this.batches,
				earliestDue.entrySet()
					.stream()
					.map((entry) -> new Object[] { entry.getKey(), DatabaseTime.toColumn(entry.getValue()) })
					.toList());
	}

	/**
	 * Looks, without locking anything, whether there is something to promote or to claim:
	 * mostly there is not.
	 */
	Look look() {
		return this.jdbc.sql("""
				SELECT EXISTS (SELECT 1 FROM endpoint_queue WHERE state = 'WAITING' AND lease_until IS NULL
				      AND next_at <= :now)
				    OR EXISTS (SELECT 1 FROM endpoint_queue WHERE state = 'LEASED' AND lease_until < :now),
				  EXISTS (SELECT 1 FROM endpoint_queue WHERE state = 'READY')""")
			.param("now", DatabaseTime.toColumn(this.clock.now()))
			.query((row, number) -> new Look(row.getBoolean(1), row.getBoolean(2)))
			.single();
	}

	/**
	 * What waits and is due, and what was leased to somebody who is gone, becomes ready.
	 */
	int promote() {
		return this.transactions.write(() -> {
			Object now = DatabaseTime.toColumn(this.clock.now());
			return ready("state = 'WAITING' AND lease_until IS NULL AND next_at <= ?", now)
					+ ready("state = 'LEASED' AND lease_until < ?", now);
		});
	}

	private int ready(String condition, Object now) {
		List<String> ids = this.jdbc
			.sql("SELECT endpoint_id FROM endpoint_queue WHERE " + condition + " LIMIT ? FOR UPDATE SKIP LOCKED")
			.params(now, AT_ONCE)
			.query((row, number) -> row.getString(1))
			.list();
		if (!ids.isEmpty()) {
			this.jdbc.sql("""
					UPDATE endpoint_queue SET state = 'READY', lease_token = NULL, lease_until = NULL
					WHERE endpoint_id IN (:ids)""").param("ids", ids).update();
		}
		return ids.size();
	}

	/**
	 * Claims ready endpoints, as many as there are free slots: what can still be in time,
	 * then what is late already, the earliest due first of each.
	 */
	List<Lease> claim(Slots slots) {
		if (slots.free(false) == 0 && slots.free(true) == 0) {
			return List.of();
		}
		List<Slot> taken = new ArrayList<>();
		try {
			return this.transactions.write(() -> {
				taken.forEach(slots::giveBack);
				taken.clear();
				List<Lease> leases = new ArrayList<>();
				leases.addAll(claim(slots, false, taken));
				leases.addAll(claim(slots, true, taken));
				Instant until = leaseEnd(this.clock.now());
				CLAIM.run(this.batches, leases.stream()
					.map((held) -> new Object[] { held.endpointId(), held.token(), DatabaseTime.toColumn(until) })
					.toList());
				return leases;
			});
		}
		catch (RuntimeException ex) {
			taken.forEach(slots::giveBack);
			throw ex;
		}
	}

	private List<Lease> claim(Slots slots, boolean late, List<Slot> taken) {
		List<Lease> leases = new ArrayList<>();
		if (slots.free(late) > 0) {
			select(slots, late, slots.saturated()).forEach((row) -> take(slots, late, row, leases, taken, true));
			if (leases.isEmpty() && !slots.saturated().isEmpty()) {
				select(slots, late, Set.of()).forEach((row) -> take(slots, late, row, leases, taken, false));
			}
		}
		return leases;
	}

	private static void take(Slots slots, boolean late, Ready row, List<Lease> leases, List<Slot> taken,
			boolean fairly) {
		Slot slot = fairly ? slots.takeFairly(row.clientId(), late) : slots.take(row.clientId(), late);
		if (slot != null) {
			taken.add(slot);
			leases.add(new Lease(row.endpointId(), Ids.next("lse"), row.wake(), row.failing(), slot));
		}
	}

	private List<Ready> select(Slots slots, boolean late, Set<String> except) {
		return this.jdbc
			.sql("""
					SELECT endpoint_id, client_id, wake, failing_since IS NOT NULL FROM endpoint_queue
					WHERE state = 'READY' AND earliest_due %s :now %s ORDER BY earliest_due LIMIT :limit
					FOR UPDATE SKIP LOCKED""".formatted(late ? "<" : ">=",
					except.isEmpty() ? "" : "AND client_id NOT IN (:except)"))
			.param("now", DatabaseTime.toColumn(this.clock.now()))
			.param("except", except)
			.param("limit", Math.min(slots.free(late), AT_ONCE))
			.query((row, number) -> new Ready(row.getString(1), row.getString(2), row.getLong(3), row.getBoolean(4)))
			.list();
	}

	/**
	 * Renews leases that are still held; the others' holders find out when they write.
	 */
	void renew(Collection<Lease> leases) {
		Object until = DatabaseTime.toColumn(leaseEnd(this.clock.now()));
		RENEWAL.run(this.batches,
				leases.stream().map((held) -> new Object[] { held.endpointId(), until, held.token() }).toList());
	}

	/**
	 * The counters of endpoints, by which a holder sees that work was added elsewhere.
	 */
	Map<String, Long> wakes(Collection<String> endpointIds) {
		Map<String, Long> wakes = new HashMap<>();
		this.jdbc.sql("SELECT endpoint_id, wake FROM endpoint_queue WHERE endpoint_id IN (:ids)")
			.param("ids", endpointIds)
			.query((row, number) -> wakes.put(row.getString(1), row.getLong(2)))
			.list();
		return wakes;
	}

	/**
	 * What there is to do.
	 *
	 * @param promotable whether something waits that is due, or is leased to nobody any
	 * more
	 * @param ready whether something can be claimed
	 */
	record Look(boolean promotable, boolean ready) {
	}

	/** One endpoint's row. */
	record Row(String endpointId, String state, @Nullable String token, long wake, boolean failing,
			Instant earliestDue) {
	}

	/** What a row becomes. */
	record Change(String endpointId, String state, Instant earliestDue, @Nullable Instant nextAt,
			@Nullable String token, @Nullable Instant leaseUntil, boolean woken, boolean failing) {
	}

	private record Ready(String endpointId, String clientId, long wake, boolean failing) {
	}

}
