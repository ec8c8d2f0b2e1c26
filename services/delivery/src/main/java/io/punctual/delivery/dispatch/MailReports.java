package io.punctual.delivery.dispatch;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Set;

import io.punctual.delivery.endpoint.Endpoint;
import io.punctual.delivery.endpoint.Endpoints;
import io.punctual.delivery.mail.MailReport;
import io.punctual.delivery.mail.Mailboxes;
import io.punctual.shared.contract.AgreementTerms.MailEvidence;
import io.punctual.shared.time.DatabaseClock;
import io.punctual.shared.time.DatabaseTime;
import io.punctual.shared.transaction.Transactions;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Takes down what a mail service says of mails, as evidence of their attempts, and draws
 * the consequences: once for each event, in whatever order they come.
 */
@Component
public class MailReports {

	/**
	 * Until then an attempt that is not written may still be; a lease is far shorter.
	 */
	private static final Duration WRITTEN = Duration.ofMinutes(2);

	private static final int LONGEST_ANSWER = 1000;

	private final Transactions transactions;

	private final EndpointQueue queue;

	private final Endpoints endpoints;

	private final Mailboxes mailboxes;

	private final ReturnedMails returned;

	private final ConfirmedDeliveries confirmed;

	private final JdbcClient jdbc;

	private final DatabaseClock clock;

	MailReports(Transactions transactions, EndpointQueue queue, Endpoints endpoints, Mailboxes mailboxes,
			ReturnedMails returned, ConfirmedDeliveries confirmed, JdbcClient jdbc, DatabaseClock clock) {
		this.transactions = transactions;
		this.queue = queue;
		this.endpoints = endpoints;
		this.mailboxes = mailboxes;
		this.returned = returned;
		this.confirmed = confirmed;
		this.jdbc = jdbc;
		this.clock = clock;
	}

	/**
	 * Apply what was said.
	 * @param report what was said of a mail
	 * @return whether it is dealt with; if not, it came before its attempt was written,
	 * or the delivery is not known: it has to be said again
	 */
	public boolean apply(MailReport report) {
		return this.transactions.write(() -> {
			Endpoint contact = contactOf(report);
			if (contact == null) {
				return false;
			}
			this.queue.lock(Set.of(contact.endpointId()));
			Mailed mailed = find(report);
			Instant now = this.clock.now();
			if (mailed.startedAt() == null && report.sentAt().plus(WRITTEN).isAfter(now)) {
				return false;
			}
			if (save(report, contact, now)) {
				conclude(report, contact, mailed, now);
			}
			return true;
		});
	}

	private void conclude(MailReport report, Endpoint contact, Mailed mailed, Instant now) {
		String detail = (report.status() != null) ? ": " + report.status() : "";
		switch (report.kind()) {
			case DELIVERED -> {
				if (mailed.isAwaited() && mailed.evidence() == MailEvidence.DELIVERED) {
					this.confirmed.arrived(mailed.delivery());
				}
			}
			case BOUNCED -> {
				this.returned.forGood(mailed, "the mail bounced" + detail, true, now);
				stop(report, contact, mailed, "mail to the contact's address bounces", now);
			}
			case REJECTED -> this.returned.forGood(mailed, "the mail service refused the content" + detail, false, now);
			case BOUNCED_FOR_NOW -> this.returned.forNow(mailed, "the mail bounced for now" + detail, now);
			case COMPLAINED -> stop(report, contact, mailed, "the contact called mail unwanted", now);
			case DELAYED -> {
			}
		}
	}

	/** Unless the address is another meanwhile. */
	private void stop(MailReport report, Endpoint contact, Mailed mailed, String reason, Instant now) {
		if (this.mailboxes.isStillThere(contact, mailed.recipient(), report.attemptId())) {
			this.endpoints.stop(contact, reason, now);
		}
	}

	private @Nullable Endpoint contactOf(MailReport report) {
		return this.jdbc.sql("SELECT endpoint_id FROM delivery WHERE delivery_id = ?")
			.param(report.deliveryId())
			.query(String.class)
			.optional()
			.map(this.endpoints::find)
			.orElse(null);
	}

	private Mailed find(MailReport report) {
		return this.jdbc.sql("""
				SELECT d.*, a.started_at AS sent_at, a.number, a.recipient,
				  COALESCE(o.mail_evidence, 'ACCEPTED') AS evidence
				FROM delivery d JOIN obligation o ON o.obligation_id = d.obligation_id
				LEFT JOIN attempt a ON a.delivery_id = d.delivery_id AND a.attempt_id = ?
				WHERE d.delivery_id = ? FOR UPDATE""")
			.params(report.attemptId(), report.deliveryId())
			.query(MailReports::map)
			.single();
	}

	private static Mailed map(ResultSet row, int number) throws SQLException {
		boolean pending = "PENDING".equals(row.getString("state"));
		return new Mailed(PendingDeliveries.map(row, number), row.getString("state"),
				pending && MailAttempts.AWAITED.equals(row.getString("reason")),
				MailEvidence.valueOf(row.getString("evidence")),
				DatabaseTime.fromNullableColumn(row.getObject("sent_at", LocalDateTime.class)),
				row.getInt("number") == row.getInt("attempts"), row.getString("recipient"));
	}

	/** Whether it is new. */
	private boolean save(MailReport report, Endpoint contact, Instant now) {
		String answer = report.answer();
		String kept = this.mailboxes.keep(contact,
				(answer != null && answer.length() > LONGEST_ANSWER) ? answer.substring(0, LONGEST_ANSWER) : answer,
				report.eventId());
		return this.jdbc.sql("""
				INSERT IGNORE INTO mail_event (event_id, delivery_id, attempt_id, kind, happened_at, heard_at, status,
				  answer)
				VALUES (:event, :delivery, :attempt, :kind, :happened, :heard, :status, :answer)""")
			.param("event", report.eventId())
			.param("delivery", report.deliveryId())
			.param("attempt", report.attemptId())
			.param("kind", report.kind().name())
			.param("happened", DatabaseTime.toColumn(report.happenedAt()))
			.param("heard", DatabaseTime.toColumn(now))
			.param("status", report.status())
			.param("answer", kept)
			.update() == 1;
	}

	/**
	 * A delivery by mail, as an event finds it.
	 *
	 * @param isAwaited whether better evidence than the mail server's is awaited
	 * @param evidence what the agreement counts
	 * @param startedAt when the event's attempt began; null if it is not written
	 * @param isLast whether that was the last attempt
	 * @param recipient the address of that attempt, under the contact's key
	 */
	record Mailed(PendingDelivery delivery, String state, boolean isAwaited, MailEvidence evidence,
			@Nullable Instant startedAt, boolean isLast, @Nullable String recipient) {
	}

}
