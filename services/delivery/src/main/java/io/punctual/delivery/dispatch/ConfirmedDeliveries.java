package io.punctual.delivery.dispatch;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.punctual.delivery.dispatch.Completion.Attempt;
import io.punctual.delivery.dispatch.Completion.Verdict;
import io.punctual.delivery.dispatch.Slots.Slot;
import io.punctual.delivery.webhook.WebhookResult;
import io.punctual.shared.id.Ids;
import io.punctual.shared.observability.Correlation;
import io.punctual.shared.time.DatabaseClock;
import io.punctual.shared.transaction.Transactions;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Settles deliveries whose evidence does not come of an attempt that is made here: a feed
 * that its client reads on, a mail that somebody took note of. Nobody holds a lease for
 * them; the delivery's own lock decides.
 */
@Component
public class ConfirmedDeliveries {

	private static final Duration MOST_AGE = Duration.ofMillis(150);

	/** A page of the feed. */
	private static final int AT_ONCE = 100;

	private static final int OK = 200;

	private final Transactions transactions;

	private final SettledDeliveries settled;

	private final JdbcClient jdbc;

	private final DatabaseClock clock;

	ConfirmedDeliveries(Transactions transactions, SettledDeliveries settled, JdbcClient jdbc, DatabaseClock clock) {
		this.transactions = transactions;
		this.settled = settled;
		this.jdbc = jdbc;
		this.clock = clock;
	}

	/**
	 * The client has read its feed up to a number: it asks for what follows.
	 * @param clientId the client
	 * @param after the number
	 * @param request what it asked, as evidence
	 */
	public void feedRead(String clientId, long after, String request) {
		// Nearly always there is nothing, so nothing is locked to find that out.
		while (isAwaited(clientId, after) && this.transactions.write(() -> confirmFeed(clientId, after, request)) > 0) {
			Thread.onSpinWait();
		}
	}

	private boolean isAwaited(String clientId, long after) {
		return !this.jdbc.sql("""
				SELECT 1 FROM delivery WHERE endpoint_id = ? AND state = 'PENDING' AND client_seq <= ? LIMIT 1""")
			.params(clientId, after)
			.query()
			.listOfRows()
			.isEmpty();
	}

	private int confirmFeed(String clientId, long after, String request) {
		List<PendingDelivery> found = this.jdbc.sql("""
				SELECT * FROM delivery WHERE endpoint_id = ? AND state = 'PENDING' AND client_seq <= ?
				ORDER BY delivery_id LIMIT ? FOR UPDATE""")
			.params(clientId, after, AT_ONCE)
			.query(PendingDeliveries::map)
			.list();
		confirm(found, request);
		return found.size();
	}

	/**
	 * Somebody took note of an update: whatever mail of it is under way has arrived.
	 * Inside the caller's transaction.
	 */
	public void acknowledged(String obligationId) {
		List<PendingDelivery> found = this.jdbc.sql("""
				SELECT * FROM delivery WHERE obligation_id = ? AND state = 'PENDING' AND reason = ?
				ORDER BY delivery_id FOR UPDATE""")
			.params(obligationId, MailAttempts.AWAITED)
			.query(PendingDeliveries::map)
			.list();
		confirm(found, null);
	}

	/** Better evidence of a mail has come. Inside the caller's transaction. */
	void arrived(PendingDelivery delivery) {
		confirm(List.of(delivery), null);
	}

	private void confirm(List<PendingDelivery> found, @Nullable String request) {
		Instant now = this.clock.now();
		List<Completion> completions = found.stream().map((delivery) -> {
			Lease none = new Lease(delivery.endpointId(), "", 0, false, new Slot(delivery.clientId(), false));
			return new Completion(none, delivery, Verdict.DELIVERED, null, null, false, evidence(request, now));
		}).toList();
		this.settled.insertAttempts(completions);
		this.settled.write(completions, now, now.minus(MOST_AGE));
	}

	private static @Nullable Attempt evidence(@Nullable String request, Instant now) {
		return (request != null) ? new Attempt(Ids.next("att"), request,
				Attempter.sha256(request.getBytes(StandardCharsets.UTF_8)), Correlation.currentOrNew(),
				new WebhookResult(now, now, OK, null, null, null, null, null, null), null, null) : null;
	}

}
