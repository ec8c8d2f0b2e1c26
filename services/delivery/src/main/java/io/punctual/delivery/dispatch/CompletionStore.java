package io.punctual.delivery.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;

import io.punctual.delivery.dispatch.EndpointQueue.Change;
import io.punctual.delivery.dispatch.EndpointQueue.Row;
import io.punctual.delivery.dispatch.PendingDeliveries.Waiting;
import io.punctual.delivery.retry.AttemptTimes;
import io.punctual.delivery.retry.Promise;
import io.punctual.delivery.retry.RetryLaw;
import io.punctual.shared.time.DatabaseClock;
import io.punctual.shared.transaction.Transactions;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Writes a group of results in one transaction: attempts, deliveries, obligations, the
 * queue and the events. Results under a lease that is no longer held are left out.
 */
@Repository
class CompletionStore {

	/** An event may say that it happened at most so long before it was appended. */
	private static final Duration MOST_AGE = Duration.ofMillis(150);

	private final Transactions transactions;

	private final EndpointQueue queue;

	private final PendingDeliveries deliveries;

	private final SettledDeliveries settled;

	private final JdbcClient jdbc;

	private final DatabaseClock clock;

	CompletionStore(Transactions transactions, EndpointQueue queue, PendingDeliveries deliveries,
			SettledDeliveries settled, JdbcClient jdbc, DatabaseClock clock) {
		this.transactions = transactions;
		this.queue = queue;
		this.deliveries = deliveries;
		this.settled = settled;
		this.jdbc = jdbc;
		this.clock = clock;
	}

	long wakeOf(String endpointId) {
		return this.jdbc.sql("SELECT wake FROM endpoint_queue WHERE endpoint_id = ?")
			.param(endpointId)
			.query(Long.class)
			.single();
	}

	/**
	 * Write a group.
	 * @return the answers to the releases, in their order
	 */
	List<Release.Answer> write(List<Completion> completions, List<Release> releases) {
		return this.transactions.write(() -> {
			Set<String> endpointIds = new TreeSet<>();
			completions.forEach((one) -> endpointIds.add(one.lease().endpointId()));
			releases.forEach((one) -> endpointIds.add(one.lease().endpointId()));
			Map<String, Row> rows = this.queue.lock(endpointIds);
			List<Completion> held = completions.stream().filter((one) -> isHeld(rows, one.lease())).toList();
			this.settled.insertAttempts(held);
			// As late as it can be: the instants told from now on are young at the
			// append.
			Instant now = this.clock.now();
			this.settled.write(held, now, now.minus(MOST_AGE));
			List<Change> changes = new ArrayList<>();
			Map<String, List<Waiting>> waiting = this.deliveries.waiting(releases.stream()
				.filter((one) -> !one.nothingLeft())
				.map((one) -> one.lease().endpointId())
				.toList());
			List<Release.Answer> answers = releases.stream()
				.map((one) -> release(one, rows, waiting.getOrDefault(one.lease().endpointId(), List.of()), changes,
						now))
				.toList();
			markHealthy(held, releases);
			this.queue.update(changes);
			return answers;
		});
	}

	/** A success ends the failure at once, while the holder goes on with the backlog. */
	private void markHealthy(List<Completion> held, List<Release> releases) {
		Set<String> released = new HashSet<>();
		releases.forEach((release) -> released.add(release.lease().endpointId()));
		List<String> healthy = held.stream()
			.filter((one) -> one.lease().failing() && one.isEndpointHealthy())
			.map((one) -> one.lease().endpointId())
			.filter((id) -> !released.contains(id))
			.distinct()
			.toList();
		if (!healthy.isEmpty()) {
			this.jdbc.sql("UPDATE endpoint_queue SET failing_since = NULL WHERE endpoint_id IN (:ids)")
				.param("ids", healthy)
				.update();
		}
	}

	private static boolean isHeld(Map<String, Row> rows, Lease lease) {
		Row row = rows.get(lease.endpointId());
		return row != null && lease.token().equals(row.token());
	}

	private Release.Answer release(Release release, Map<String, Row> rows, List<Waiting> waiting, List<Change> changes,
			Instant now) {
		Row row = rows.get(release.lease().endpointId());
		if (row == null || !release.lease().token().equals(row.token())) {
			return Release.Answer.LOST;
		}
		if (row.wake() != release.wake() && release.failed() == null) {
			return Release.Answer.AGAIN;
		}
		boolean failing = release.failed() != null;
		if (row.wake() != release.wake()) {
			// A new delivery is tried at once, by whoever comes first.
			changes.add(new Change(row.endpointId(), "READY", row.earliestDue(), null, null, null, false, failing));
			return Release.Answer.RELEASED;
		}
		if (waiting.isEmpty()) {
			changes.add(new Change(row.endpointId(), "IDLE", now, null, null, null, false, false));
			return Release.Answer.RELEASED;
		}
		changes.add(new Change(row.endpointId(), "WAITING", earliest(waiting, now),
				next(waiting, release.failed(), now), null, null, false, failing));
		return Release.Answer.RELEASED;
	}

	private static Instant next(List<Waiting> waiting, @Nullable AttemptTimes failed, Instant now) {
		if (failed != null) {
			List<Promise> promises = waiting.stream().map(Waiting::promise).toList();
			Instant probe = RetryLaw.nextProbe(promises, failed, ThreadLocalRandom.current().nextDouble());
			return (probe != null) ? probe : now;
		}
		// The endpoint is well: only what it refused waits, each for its own time.
		return waiting.stream().map((one) -> {
			Instant next = one.nextAt();
			return (one.rejected() && next != null) ? next : now;
		}).min(Instant::compareTo).orElse(now);
	}

	private static Instant earliest(List<Waiting> waiting, Instant now) {
		Map<Boolean, Instant> earliest = new HashMap<>();
		waiting.forEach((one) -> {
			Instant due = one.promise().earliestDue();
			earliest.merge(due.isBefore(now), due, (a, b) -> a.isBefore(b) ? a : b);
		});
		Instant inTime = earliest.get(false);
		return (inTime != null) ? inTime : earliest.getOrDefault(true, now);
	}

}
