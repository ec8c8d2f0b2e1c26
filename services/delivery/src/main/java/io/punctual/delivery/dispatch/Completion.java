package io.punctual.delivery.dispatch;

import java.time.Instant;

import io.punctual.delivery.webhook.WebhookResult;
import org.jspecify.annotations.Nullable;

/**
 * What became of a delivery under a lease.
 *
 * @param verdict what it means for the delivery
 * @param reason why, unless it was delivered
 * @param nextAt when it would be tried again by its own
 * @param rejected whether the receiver refused this very message
 * @param attempt the attempt, or null if none was made
 */
record Completion(Lease lease, PendingDelivery delivery, Verdict verdict, @Nullable String reason,
		@Nullable Instant nextAt, boolean rejected, @Nullable Attempt attempt) {

	static Completion skipped(Lease lease, PendingDelivery delivery, String reason) {
		return new Completion(lease, delivery, Verdict.SKIPPED, reason, null, false, null);
	}

	static Completion exhausted(Lease lease, PendingDelivery delivery) {
		return new Completion(lease, delivery, Verdict.EXHAUSTED, "not delivered within its horizon", null, false,
				null);
	}

	/** Whether the receiver is there and takes messages, even if not this one. */
	boolean isEndpointHealthy() {
		return this.verdict == Verdict.DELIVERED || this.rejected;
	}

	int attempts() {
		return this.delivery.attempts() + ((this.attempt != null) ? 1 : 0);
	}

	/**
	 * What an attempt means.
	 */
	enum Verdict {

		DELIVERED, RETRY, EXHAUSTED, SKIPPED, GONE

	}

	/**
	 * One attempt's evidence.
	 *
	 * @param recipient the address of a mail, under its contact's key
	 * @param messageId the name that a mail service has given the mail
	 */
	record Attempt(String attemptId, String url, String requestSha256, String correlationId, WebhookResult result,
			@Nullable String recipient, @Nullable String messageId) {
	}

}
