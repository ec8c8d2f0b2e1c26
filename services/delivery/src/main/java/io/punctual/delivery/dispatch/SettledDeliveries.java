package io.punctual.delivery.dispatch;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.punctual.delivery.dispatch.Completion.Attempt;
import io.punctual.delivery.dispatch.Completion.Verdict;
import io.punctual.delivery.endpoint.Endpoint;
import io.punctual.delivery.endpoint.Endpoints;
import io.punctual.delivery.webhook.WebhookResult;
import io.punctual.shared.bulk.BulkInsert;
import io.punctual.shared.bulk.BulkUpdate.Type;
import io.punctual.shared.bulk.BulkUpdate;
import io.punctual.shared.contract.DeliveriesFailing;
import io.punctual.shared.contract.DeliveriesSettled;
import io.punctual.shared.contract.EndpointGone;
import io.punctual.shared.events.EventLog;
import io.punctual.shared.events.NewEvent;
import io.punctual.shared.time.DatabaseTime;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Writes results to the deliveries, their evidence and their obligations, and says so in
 * the log.
 */
@Repository
class SettledDeliveries {

	private static final BulkUpdate RESULT = BulkUpdate.of("delivery", "delivery_id")
		.set("state", Type.CODE)
		.set("reason", Type.TEXT)
		.set("next_at", Type.INSTANT)
		.set("rejected", Type.BOOLEAN)
		.set("attempts", Type.NUMBER)
		.value("attempted_at", Type.INSTANT)
		.set("last_side", Type.CODE)
		.set("settled_at", Type.INSTANT)
		.setting("first_attempt_at = COALESCE(t.first_attempt_at, v.attempted_at)")
		.setting("last_attempt_at = COALESCE(v.attempted_at, t.last_attempt_at)")
		.where("t.state = 'PENDING'");

	private static final BulkInsert ATTEMPTS = BulkInsert.into("attempt")
		.own("attempt_id", Type.CODE)
		.own("delivery_id", Type.CODE)
		.own("started_at", Type.INSTANT)
		.own("ended_at", Type.INSTANT)
		.own("url", Type.LONG_TEXT)
		.own("address", Type.CODE)
		.own("request_sha256", Type.CODE)
		.own("response_headers", Type.LONG_TEXT)
		.own("response_body", Type.LONG_TEXT)
		.common("number", "status", "side", "error", "correlation_id", "recipient", "message_id")
		.build();

	private final JdbcTemplate batches;

	private final JdbcClient jdbc;

	private final Endpoints endpoints;

	private final OpenObligations obligations;

	private final ProbedDeliveries probed;

	private final EventLog log;

	SettledDeliveries(JdbcTemplate batches, JdbcClient jdbc, Endpoints endpoints, OpenObligations obligations,
			ProbedDeliveries probed, EventLog log) {
		this.batches = batches;
		this.jdbc = jdbc;
		this.endpoints = endpoints;
		this.obligations = obligations;
		this.probed = probed;
		this.log = log;
	}

	/**
	 * Writes results inside the caller's transaction.
	 * @param notBefore the earliest instant that may be stamped on a fact that is told
	 * now
	 */
	void write(List<Completion> completions, Instant now, Instant notBefore) {
		if (completions.isEmpty()) {
			return;
		}
		updateDeliveries(completions, now, notBefore);
		Set<String> satisfied = satisfy(completions, now, notBefore);
		fallBack(completions, now);
		List<NewEvent> events = new ArrayList<>();
		addSettled(events, completions, satisfied, now, notBefore);
		addFailing(events, completions, this.probed.write(completions), now);
		addGone(events, completions, now);
		if (!events.isEmpty()) {
			this.log.append(events.toArray(NewEvent[]::new));
		}
	}

	void insertAttempts(List<Completion> completions) {
		BulkInsert.Rows rows = ATTEMPTS.rows();
		for (Completion one : completions) {
			Attempt attempt = one.attempt();
			if (attempt != null) {
				WebhookResult result = attempt.result();
				String side = (result.side() != null) ? result.side().name() : null;
				rows.add(
						Arrays.<@Nullable Object>asList(one.attempts(), result.status(), side, result.error(),
								attempt.correlationId(), attempt.recipient(), attempt.messageId()),
						attempt.attemptId(), one.delivery().deliveryId(), DatabaseTime.toColumn(result.start()),
						DatabaseTime.toColumn(result.end()), attempt.url(), result.address(), attempt.requestSha256(),
						result.headers(), result.body());
			}
		}
		rows.insert(this.batches);
	}

	private void updateDeliveries(List<Completion> completions, Instant now, Instant notBefore) {
		RESULT.run(this.batches, completions.stream().map((one) -> {
			Attempt attempt = one.attempt();
			Object start = (attempt != null) ? DatabaseTime.toColumn(attempt.result().start()) : null;
			boolean settled = one.verdict() != Verdict.RETRY;
			String side = (attempt != null && attempt.result().side() != null) ? attempt.result().side().name() : null;
			return new @Nullable Object[] { one.delivery().deliveryId(), state(one.verdict()), one.reason(),
					settled ? null : DatabaseTime.toNullableColumn(one.nextAt()), one.rejected(), one.attempts(), start,
					side, settled ? DatabaseTime.toColumn(at(one, now, notBefore)) : null };
		}).toList());
	}

	private Set<String> satisfy(List<Completion> completions, Instant now, Instant notBefore) {
		List<Completion> delivered = completions.stream().filter((one) -> one.verdict() == Verdict.DELIVERED).toList();
		Map<String, Requirement> open = this.obligations
			.open(delivered.stream().map((one) -> one.delivery().obligationId()).toList());
		Set<String> satisfied = new HashSet<>();
		Map<String, Requirement> reached = new TreeMap<>();
		Map<String, Instant> kept = new TreeMap<>();
		for (Completion one : delivered) {
			String obligationId = one.delivery().obligationId();
			Requirement before = open.get(obligationId);
			if (before == null) {
				continue;
			}
			Requirement after = before.reach(Endpoint.channelOf(one.delivery().endpointId()));
			if (after.isSatisfied()) {
				open.remove(obligationId);
				reached.remove(obligationId);
				kept.put(obligationId, at(one, now, notBefore));
				satisfied.add(one.delivery().deliveryId());
			}
			else {
				open.put(obligationId, after);
				reached.put(obligationId, after);
			}
		}
		this.obligations.satisfied(kept);
		this.obligations.reached(reached);
		return satisfied;
	}

	/** What can no longer arrive this way takes another one at once. */
	private void fallBack(List<Completion> completions, Instant now) {
		Set<String> lost = new TreeSet<>();
		completions.stream()
			.filter((one) -> one.verdict() != Verdict.DELIVERED && one.verdict() != Verdict.RETRY)
			.filter((one) -> !one.delivery().fallback())
			.forEach((one) -> lost.add(one.delivery().obligationId()));
		if (!lost.isEmpty()) {
			this.jdbc.sql("""
					UPDATE obligation SET fallback_at = :now WHERE obligation_id IN (:ids) AND satisfied_at IS NULL
					  AND NOT EXISTS (SELECT 1 FROM delivery d WHERE d.obligation_id = obligation.obligation_id
					    AND d.state = 'PENDING' AND d.endpoint_id <> d.client_id)""")
				.param("now", DatabaseTime.toColumn(now))
				.param("ids", lost)
				.update();
		}
	}

	private void addSettled(List<NewEvent> events, List<Completion> completions, Set<String> satisfied, Instant now,
			Instant notBefore) {
		List<DeliveriesSettled.Item> items = completions.stream()
			.filter((one) -> one.verdict() != Verdict.RETRY)
			.map((one) -> {
				PendingDelivery delivery = one.delivery();
				Instant at = at(one, now, notBefore);
				return new DeliveriesSettled.Item(delivery.obligationId(), delivery.clientId(), delivery.updateId(),
						delivery.noticeId(), delivery.deliveryId(), delivery.endpointId(),
						DeliveriesSettled.Outcome.valueOf(state(one.verdict())), one.reason(), at, one.attempts(),
						satisfied.contains(delivery.deliveryId()) ? at : null);
			})
			.toList();
		if (!items.isEmpty()) {
			Instant first = items.stream().map(DeliveriesSettled.Item::at).min(Instant::compareTo).orElse(now);
			events.add(new NewEvent(DeliveriesSettled.TYPE, items.getFirst().deliveryId(), first,
					new DeliveriesSettled(items)));
		}
	}

	private static void addFailing(List<NewEvent> events, List<Completion> completions,
			List<DeliveriesFailing.Item> probed, Instant now) {
		List<DeliveriesFailing.Item> items = new ArrayList<>(probed);
		for (Completion one : completions) {
			PendingDelivery delivery = one.delivery();
			Attempt attempt = one.attempt();
			if (attempt != null && attempt.result().side() != null && attempt.result().side() != delivery.lastSide()) {
				Instant first = delivery.firstAttemptAt();
				items.add(new DeliveriesFailing.Item(delivery.obligationId(), delivery.deliveryId(),
						delivery.endpointId(), (first != null) ? first : attempt.result().start(),
						attempt.result().side(), String.valueOf(attempt.result().error())));
			}
		}
		if (!items.isEmpty()) {
			events.add(new NewEvent(DeliveriesFailing.TYPE, items.getFirst().deliveryId(), now,
					new DeliveriesFailing(items)));
		}
	}

	private void addGone(List<NewEvent> events, List<Completion> completions, Instant now) {
		Set<String> gone = new TreeSet<>();
		for (Completion one : completions) {
			if (one.verdict() == Verdict.GONE && gone.add(one.delivery().endpointId())) {
				events.add(new NewEvent(EndpointGone.TYPE, one.delivery().endpointId(), now,
						new EndpointGone(one.delivery().endpointId(), one.delivery().clientId(), now)));
			}
		}
		if (!gone.isEmpty()) {
			// What else waits there is skipped by the holder, who reads the endpoint
			// again.
			this.endpoints.markGone(gone);
			this.jdbc.sql("UPDATE endpoint_queue SET wake = wake + 1 WHERE endpoint_id IN (:ids)")
				.param("ids", gone)
				.update();
		}
	}

	private static Instant at(Completion one, Instant now, Instant notBefore) {
		Attempt attempt = one.attempt();
		if (attempt == null) {
			return now;
		}
		Instant end = attempt.result().end();
		if (end.isAfter(now)) {
			return now;
		}
		return end.isBefore(notBefore) ? notBefore : end;
	}

	private static String state(Verdict verdict) {
		return switch (verdict) {
			case DELIVERED -> "DELIVERED";
			case RETRY -> "PENDING";
			case EXHAUSTED -> "EXHAUSTED";
			case SKIPPED, GONE -> "SKIPPED";
		};
	}

}
