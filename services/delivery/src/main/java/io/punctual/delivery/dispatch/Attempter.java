package io.punctual.delivery.dispatch;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

import io.punctual.delivery.DeliveryClock;
import io.punctual.delivery.dispatch.Completion.Attempt;
import io.punctual.delivery.dispatch.Completion.Verdict;
import io.punctual.delivery.endpoint.Endpoint;
import io.punctual.delivery.endpoint.EndpointSecrets;
import io.punctual.delivery.retry.AttemptTimes;
import io.punctual.delivery.retry.RetryLaw;
import io.punctual.delivery.webhook.WebhookRequest;
import io.punctual.delivery.webhook.WebhookResult;
import io.punctual.delivery.webhook.WebhookSender;
import io.punctual.shared.contract.DeliveriesFailing.Side;
import io.punctual.shared.id.Ids;
import io.punctual.shared.observability.Correlation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Makes one attempt of a delivery and says what it means.
 */
@Component
class Attempter {

	/** Answers that refuse the message, not its sender: the endpoint itself is well. */
	private static final Set<Integer> REJECTIONS = Set.of(400, 409, 413, 415, 422);

	private static final int GONE = 410;

	private static final Logger logger = LoggerFactory.getLogger(Attempter.class);

	private final Updates updates;

	private final EndpointSecrets secrets;

	private final WebhookSender sender;

	private final DeliveryClock clock;

	private final JdbcClient jdbc;

	private final MailAttempts mails;

	Attempter(Updates updates, EndpointSecrets secrets, WebhookSender sender, DeliveryClock clock, JdbcClient jdbc,
			MailAttempts mails) {
		this.updates = updates;
		this.secrets = secrets;
		this.sender = sender;
		this.clock = clock;
		this.jdbc = jdbc;
		this.mails = mails;
	}

	Completion attempt(Lease lease, Endpoint endpoint, PendingDelivery delivery) {
		Instant now = this.clock.now();
		if (now.isAfter(delivery.promise().horizon())) {
			return Completion.exhausted(lease, delivery);
		}
		String obstacle = endpoint.obstacle();
		if (obstacle != null) {
			return Completion.skipped(lease, delivery, obstacle);
		}
		Updates.Said said = this.updates.get(delivery.updateId());
		if (endpoint.clientRemoved() && !(said.update().closing() && hasHeardOf(delivery))) {
			return Completion.skipped(lease, delivery, "the client is removed");
		}
		try (Correlation.Scope scope = Correlation.open(said.correlationId())) {
			return (endpoint.contact() != null) ? this.mails.attempt(lease, endpoint, delivery, said)
					: send(lease, endpoint, delivery, said);
		}
	}

	private Completion send(Lease lease, Endpoint endpoint, PendingDelivery delivery, Updates.Said said) {
		byte[] body = said.message(delivery).toBytes();
		WebhookResult result;
		try {
			result = this.sender.send(new WebhookRequest(endpoint.url(), delivery.updateId(), body,
					this.secrets.signing(endpoint, this.clock.now()), said.correlationId()));
		}
		catch (RuntimeException ex) {
			logger.error("The delivery {} could not be signed", delivery.deliveryId(), ex);
			Instant at = this.clock.now();
			result = new WebhookResult(at, at, null, "could not be signed", Side.PROVIDER, null, null, null, null);
		}
		Attempt attempt = new Attempt(Ids.next("att"), endpoint.url(), sha256(body), said.correlationId(), result, null,
				null);
		return judge(lease, delivery, attempt, result);
	}

	private static Completion judge(Lease lease, PendingDelivery delivery, Attempt attempt, WebhookResult result) {
		if (result.isSuccess()) {
			return new Completion(lease, delivery, Verdict.DELIVERED, null, null, false, attempt);
		}
		int status = (result.status() != null) ? result.status() : 0;
		if (status == GONE) {
			return new Completion(lease, delivery, Verdict.GONE, "the endpoint is gone", null, false, attempt);
		}
		Instant next = RetryLaw.next(delivery.promise(),
				new AttemptTimes(result.start(), result.end(), result.retryAfter()),
				ThreadLocalRandom.current().nextDouble());
		Verdict verdict = next.isAfter(delivery.promise().horizon()) ? Verdict.EXHAUSTED : Verdict.RETRY;
		return new Completion(lease, delivery, verdict, result.error(), next, REJECTIONS.contains(status), attempt);
	}

	/** Whoever got any update of a notice is told its end, too. */
	private boolean hasHeardOf(PendingDelivery delivery) {
		return this.jdbc.sql("""
				SELECT COUNT(*) FROM obligation WHERE notice_id = ? AND client_id = ? AND satisfied_at IS NOT NULL""")
			.params(delivery.noticeId(), delivery.clientId())
			.query(Integer.class)
			.single() > 0;
	}

	static String sha256(byte[] body) {
		try {
			return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
