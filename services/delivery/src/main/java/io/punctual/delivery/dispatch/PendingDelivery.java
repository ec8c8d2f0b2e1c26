package io.punctual.delivery.dispatch;

import java.time.Instant;
import java.util.Comparator;

import io.punctual.delivery.retry.Promise;
import io.punctual.shared.contract.DeliveriesFailing.Side;
import org.jspecify.annotations.Nullable;

/**
 * A delivery that is still to be made.
 *
 * @param attempts how many attempts were made
 * @param rejected whether the receiver refused this very message
 * @param nextAt when it is tried again, if it was rejected
 */
public record PendingDelivery(String deliveryId, String obligationId, String clientId, String noticeId, String updateId,
		String endpointId, long clientSeq, Promise promise, boolean fallback, int attempts, boolean rejected,
		@Nullable Instant nextAt, @Nullable Instant firstAttemptAt, @Nullable Side lastSide) {

	static PendingDelivery fresh(String deliveryId, String obligationId, String clientId, String noticeId,
			String updateId, String endpointId, long clientSeq, Promise promise, boolean fallback) {
		return new PendingDelivery(deliveryId, obligationId, clientId, noticeId, updateId, endpointId, clientSeq,
				promise, fallback, 0, false, null, null, null);
	}

	/** What it is sorted by. */
	Instant earliestDue() {
		return this.promise.earliestDue();
	}

	/**
	 * What can still be in time first, then the earliest due, then the client's order.
	 */
	static Comparator<PendingDelivery> order(Instant now) {
		return Comparator.<PendingDelivery, Boolean>comparing((delivery) -> delivery.rejected)
			.thenComparing((delivery) -> delivery.earliestDue().isBefore(now))
			.thenComparing(PendingDelivery::earliestDue)
			.thenComparing(PendingDelivery::clientSeq);
	}

}
