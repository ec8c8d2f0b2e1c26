package io.punctual.delivery.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

import io.punctual.delivery.dispatch.Completion.Attempt;
import io.punctual.delivery.dispatch.Completion.Verdict;
import io.punctual.delivery.dispatch.MailReports.Mailed;
import io.punctual.delivery.dispatch.Slots.Slot;
import io.punctual.delivery.retry.AttemptTimes;
import io.punctual.delivery.retry.RetryLaw;
import io.punctual.delivery.webhook.WebhookResult;
import io.punctual.shared.contract.DeliveriesFailing;
import io.punctual.shared.contract.DeliveriesFailing.Side;
import io.punctual.shared.contract.DeliveriesSettled;
import io.punctual.shared.events.EventLog;
import io.punctual.shared.events.NewEvent;
import io.punctual.shared.time.DatabaseTime;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Opens again what a mail was thought to have done, since it came back: the client is
 * told by another way. A promise that the agreement called kept stays kept.
 */
@Component
class ReturnedMails {

	private static final Duration MOST_AGE = Duration.ofMillis(150);

	private final SettledDeliveries settled;

	private final Enqueuing enqueuing;

	private final EventLog log;

	private final JdbcClient jdbc;

	ReturnedMails(SettledDeliveries settled, Enqueuing enqueuing, EventLog log, JdbcClient jdbc) {
		this.settled = settled;
		this.enqueuing = enqueuing;
		this.log = log;
		this.jdbc = jdbc;
	}

	/** It will not arrive: the delivery is at its end, other ways are tried at once. */
	void forGood(Mailed mailed, String reason, boolean recipients, Instant now) {
		Side side = recipients ? Side.RECIPIENT : Side.PROVIDER;
		switch (mailed.state()) {
			case "PENDING" -> write(mailed, Verdict.EXHAUSTED, reason, side, now, now);
			case "DELIVERED" -> undo(mailed, reason, side, now);
			default -> {
				return;
			}
		}
		fallBack(mailed, now);
	}

	/**
	 * It is sent again within the promise, unless a later one is under way or was enough.
	 */
	void forNow(Mailed mailed, String reason, Instant now) {
		if (!mailed.isAwaited() || !mailed.isLast()) {
			return;
		}
		PendingDelivery delivery = mailed.delivery();
		Instant next = RetryLaw.next(delivery.promise(), new AttemptTimes(now, now, null),
				ThreadLocalRandom.current().nextDouble());
		if (next.isAfter(delivery.promise().horizon())) {
			write(mailed, Verdict.EXHAUSTED, reason, Side.RECIPIENT, now, now);
			fallBack(mailed, now);
			return;
		}
		write(mailed, Verdict.RETRY, reason, Side.RECIPIENT, next, now);
		this.enqueuing.wake(List.of(delivery.endpointId()));
	}

	/** No attempt was made now: the event is news of one that is counted and written. */
	private void write(Mailed mailed, Verdict verdict, String reason, Side side, Instant next, Instant now) {
		PendingDelivery of = mailed.delivery();
		PendingDelivery before = new PendingDelivery(of.deliveryId(), of.obligationId(), of.clientId(), of.noticeId(),
				of.updateId(), of.endpointId(), of.clientSeq(), of.promise(), of.fallback(),
				Math.max(0, of.attempts() - 1), of.rejected(), of.nextAt(), of.firstAttemptAt(), of.lastSide());
		Instant start = (mailed.startedAt() != null) ? mailed.startedAt() : now;
		Attempt attempt = new Attempt("", "", "", "",
				new WebhookResult(start, now, null, reason, side, null, null, null, null), null, null);
		Lease none = new Lease(of.endpointId(), "", 0, false, new Slot(of.clientId(), false));
		this.settled.write(
				List.of(new Completion(none, before, verdict, reason, next, verdict == Verdict.RETRY, attempt)), now,
				now.minus(MOST_AGE));
	}

	private void undo(Mailed mailed, String reason, Side side, Instant now) {
		PendingDelivery of = mailed.delivery();
		this.jdbc.sql("""
				UPDATE delivery SET state = 'EXHAUSTED', reason = ?, last_side = ?, settled_at = ?
				WHERE delivery_id = ?""")
			.params(reason, side.name(), DatabaseTime.toColumn(now), of.deliveryId())
			.update();
		Instant first = (of.firstAttemptAt() != null) ? of.firstAttemptAt() : now;
		this.log.append(
				new NewEvent(DeliveriesSettled.TYPE, of.deliveryId(), now,
						new DeliveriesSettled(List.of(new DeliveriesSettled.Item(of.obligationId(), of.clientId(),
								of.updateId(), of.noticeId(), of.deliveryId(), of.endpointId(),
								DeliveriesSettled.Outcome.EXHAUSTED, reason, now, of.attempts(), null)))),
				new NewEvent(DeliveriesFailing.TYPE, of.deliveryId(), now,
						new DeliveriesFailing(List.of(new DeliveriesFailing.Item(of.obligationId(), of.deliveryId(),
								of.endpointId(), first, side, reason)))));
	}

	/** Unless something else has informed the client, or is about to. */
	private void fallBack(Mailed mailed, Instant now) {
		this.jdbc.sql("""
				UPDATE obligation SET fallback_at = :now WHERE obligation_id = :obligation AND acknowledged_at IS NULL
				  AND NOT EXISTS (SELECT 1 FROM delivery d WHERE d.obligation_id = obligation.obligation_id
				    AND d.state IN ('PENDING', 'DELIVERED') AND d.endpoint_id <> d.client_id)""")
			.param("now", DatabaseTime.toColumn(now))
			.param("obligation", mailed.delivery().obligationId())
			.update();
	}

}
