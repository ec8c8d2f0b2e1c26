package io.punctual.delivery.webhook;

import java.time.Instant;

import io.punctual.shared.contract.DeliveriesFailing.Side;
import org.jspecify.annotations.Nullable;

/**
 * What came of one attempt.
 *
 * @param start its start
 * @param end its end; of an answer, when its last byte had been read
 * @param status the HTTP status, or null if there was no answer
 * @param error what went wrong, in a word or two; null for a 2xx
 * @param side whose fault it was; null for a 2xx
 * @param address the address that was connected to
 * @param headers the answer's headers, a line each
 * @param body the beginning of the answer's body
 * @param retryAfter the instant that the answer asked for
 */
public record WebhookResult(Instant start, Instant end, @Nullable Integer status, @Nullable String error,
		@Nullable Side side, @Nullable String address, @Nullable String headers, @Nullable String body,
		@Nullable Instant retryAfter) {

	/** Whether the receiver took the message. */
	public boolean isSuccess() {
		return this.status != null && this.status >= 200 && this.status < 300;
	}

}
