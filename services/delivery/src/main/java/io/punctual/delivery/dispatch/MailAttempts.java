package io.punctual.delivery.dispatch;

import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

import io.punctual.delivery.dispatch.Completion.Attempt;
import io.punctual.delivery.dispatch.Completion.Verdict;
import io.punctual.delivery.endpoint.Endpoint;
import io.punctual.delivery.mail.MailSending;
import io.punctual.delivery.retry.AttemptTimes;
import io.punctual.delivery.retry.RetryLaw;
import io.punctual.delivery.webhook.WebhookResult;
import io.punctual.shared.contract.AgreementTerms.MailEvidence;
import io.punctual.shared.contract.DeliveriesFailing.Side;
import io.punctual.shared.id.Ids;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Makes one attempt of a mail and says what it means: by the agreement a mail has arrived
 * as a mail server takes it over, or waits from then on for better evidence.
 */
@Component
class MailAttempts {

	/** Says of a delivery that its mail is under way and its evidence awaited. */
	static final String AWAITED = "accepted by the mail server, evidence of more is awaited";

	private static final int PERMANENT = 500;

	private final MailSending mail;

	private final JdbcClient jdbc;

	MailAttempts(MailSending mail, JdbcClient jdbc) {
		this.mail = mail;
		this.jdbc = jdbc;
	}

	Completion attempt(Lease lease, Endpoint contact, PendingDelivery delivery, Updates.Said said) {
		String attemptId = Ids.next("att");
		MailSending.Sent sent = this.mail.send(contact, new MailSending.Letter(delivery.deliveryId(),
				delivery.obligationId(), said.update(), delivery.promise().dueAt(), said.correlationId()), attemptId);
		Attempt attempt = new Attempt(attemptId, contact.url(), Attempter.sha256(sent.text()), said.correlationId(),
				sent.result(), sent.recipient(), sent.messageId());
		return judge(lease, delivery, attempt, sent.result());
	}

	private Completion judge(Lease lease, PendingDelivery delivery, Attempt attempt, WebhookResult result) {
		if (result.isSuccess()) {
			return (evidence(delivery.obligationId()) == MailEvidence.ACCEPTED)
					? new Completion(lease, delivery, Verdict.DELIVERED, null, null, false, attempt) : new Completion(
							lease, delivery, Verdict.RETRY, AWAITED, delivery.promise().horizon(), true, attempt);
		}
		if (result.side() == Side.RECIPIENT && result.status() != null && result.status() >= PERMANENT) {
			return new Completion(lease, delivery, Verdict.EXHAUSTED, result.error(), null, false, attempt);
		}
		Instant next = RetryLaw.next(delivery.promise(), new AttemptTimes(result.start(), result.end(), null),
				ThreadLocalRandom.current().nextDouble());
		Verdict verdict = next.isAfter(delivery.promise().horizon()) ? Verdict.EXHAUSTED : Verdict.RETRY;
		return new Completion(lease, delivery, verdict, result.error(), next, false, attempt);
	}

	private MailEvidence evidence(String obligationId) {
		return this.jdbc.sql("SELECT COALESCE(mail_evidence, 'ACCEPTED') FROM obligation WHERE obligation_id = ?")
			.param(obligationId)
			.query((row, number) -> MailEvidence.valueOf(row.getString(1)))
			.single();
	}

}
