package io.punctual.delivery.dispatch;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

import io.punctual.delivery.DeliveryClock;
import io.punctual.delivery.dispatch.EndpointQueue.Change;
import io.punctual.delivery.dispatch.EndpointQueue.Row;
import io.punctual.delivery.dispatch.Slots.Slot;
import io.punctual.delivery.endpoint.Endpoint;
import io.punctual.shared.id.Ids;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Adds deliveries to the queue. What this instance can start at once is leased to itself
 * in the same transaction and starts with its commit: no second one, no poll.
 */
@Component
public class Enqueuing {

	private final PendingDeliveries deliveries;

	private final EndpointQueue queue;

	private final Dispatcher dispatcher;

	private final DeliveryClock clock;

	Enqueuing(PendingDeliveries deliveries, EndpointQueue queue, Dispatcher dispatcher, DeliveryClock clock) {
		this.deliveries = deliveries;
		this.queue = queue;
		this.dispatcher = dispatcher;
		this.clock = clock;
	}

	/**
	 * Adds deliveries, inside the caller's transaction.
	 * @param added new ones, each to an endpoint that is known
	 * @param endpoints the endpoints by their identifiers
	 */
	public void add(List<PendingDelivery> added, Map<String, Endpoint> endpoints) {
		if (added.isEmpty()) {
			return;
		}
		Map<String, List<PendingDelivery>> byEndpoint = new LinkedHashMap<>();
		added.forEach((one) -> byEndpoint.computeIfAbsent(one.endpointId(), (id) -> new ArrayList<>()).add(one));
		Map<String, Row> rows = this.queue.lock(new TreeSet<>(byEndpoint.keySet()));
		this.deliveries.insert(added);
		Instant now = this.clock.now();
		List<Change> changes = new ArrayList<>();
		Map<String, Instant> woken = new TreeMap<>();
		List<EndpointRun.Start> starts = new ArrayList<>();
		byEndpoint.forEach((endpointId, own) -> {
			Row row = rows.get(endpointId);
			if (row != null) {
				add(row, own, endpoints.get(endpointId), now, new Changed(changes, woken, starts));
			}
		});
		this.queue.update(changes);
		this.queue.wake(woken);
		afterwards(starts, starts.size() < changes.size());
	}

	/** Makes a pending delivery due now, inside the caller's transaction. */
	public void retry(String deliveryId, String endpointId) {
		this.deliveries.hurry(deliveryId);
		wake(List.of(endpointId));
	}

	/** Looks at endpoints again: something there may be sent now. */
	public void wake(List<String> endpointIds) {
		List<Change> changes = new ArrayList<>();
		Map<String, Instant> woken = new TreeMap<>();
		this.queue.lock(new TreeSet<>(endpointIds)).values().forEach((row) -> {
			if ("LEASED".equals(row.state())) {
				woken.put(row.endpointId(), row.earliestDue());
			}
			else {
				changes.add(ready(row, row.earliestDue()));
			}
		});
		this.queue.update(changes);
		this.queue.wake(woken);
		afterwards(List.of(), true);
	}

	private void add(Row row, List<PendingDelivery> own, @Nullable Endpoint endpoint, Instant now, Changed changed) {
		Instant due = own.stream().map(PendingDelivery::earliestDue).min(Instant::compareTo).orElse(now);
		boolean idle = "IDLE".equals(row.state());
		if (!idle && !row.earliestDue().isBefore(now) && row.earliestDue().isBefore(due)) {
			due = row.earliestDue();
		}
		if ("LEASED".equals(row.state())) {
			changed.woken().put(row.endpointId(), due);
			return;
		}
		Slot slot = (endpoint != null) ? this.dispatcher.reserve(endpoint.clientId(), due.isBefore(now)) : null;
		if (slot == null || endpoint == null) {
			changed.rows().add(ready(row, due));
			return;
		}
		Lease lease = new Lease(row.endpointId(), Ids.next("lse"), row.wake() + 1, row.failing(), slot);
		// Of an idle endpoint everything is known; of another the rest is read first.
		changed.starts().add(new EndpointRun.Start(lease, idle ? endpoint : null, idle ? own : List.of(), idle));
		changed.rows()
			.add(new Change(row.endpointId(), "LEASED", due, null, lease.token(), this.queue.leaseEnd(now), true,
					row.failing()));
	}

	private static Change ready(Row row, Instant due) {
		return new Change(row.endpointId(), "READY", due, null, null, null, true, row.failing());
	}

	/**
	 * Has what was leased started, once the transaction has committed.
	 * @param claimable whether there may be something to claim besides
	 */
	private void afterwards(List<EndpointRun.Start> starts, boolean claimable) {
		TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

			@Override
			public void afterCompletion(int status) {
				if (status == STATUS_COMMITTED) {
					Enqueuing.this.dispatcher.start(starts);
					if (claimable) {
						Enqueuing.this.dispatcher.signal();
					}
				}
				else {
					// Unknown: if it was committed after all, the leases run out and
					// others take them.
					starts.forEach((start) -> Enqueuing.this.dispatcher.giveBack(start.lease().slot()));
				}
			}

		});
	}

	/**
	 * What becomes of the queue.
	 *
	 * @param rows rows that change
	 * @param woken endpoints that are leased, with the earliest due
	 * @param starts what this instance starts at once
	 */
	private record Changed(List<Change> rows, Map<String, Instant> woken, List<EndpointRun.Start> starts) {
	}

}
