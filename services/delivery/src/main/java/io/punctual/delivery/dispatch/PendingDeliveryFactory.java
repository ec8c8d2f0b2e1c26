package io.punctual.delivery.dispatch;

import io.punctual.delivery.retry.Promise;
import io.punctual.shared.id.Ids;

/**
 * Makes the deliveries of an obligation.
 */
public final class PendingDeliveryFactory {

	private PendingDeliveryFactory() {
	}

	/** A delivery to an endpoint that the obligation names. */
	public static PendingDelivery of(String obligationId, String clientId, String noticeId, String updateId,
			String endpointId, long clientSeq, Promise promise) {
		return PendingDelivery.fresh(Ids.next("dlv"), obligationId, clientId, noticeId, updateId, endpointId, clientSeq,
				promise, false);
	}

}
