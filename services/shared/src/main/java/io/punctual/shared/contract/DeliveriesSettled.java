package io.punctual.shared.contract;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import org.jspecify.annotations.Nullable;

/**
 * {@code deliveries.settled}: deliveries that came to their end, in groups.
 *
 * @param items the deliveries, in the order in which they ended
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record DeliveriesSettled(List<Item> items) {

	public static final String TYPE = "deliveries.settled";

	/**
	 * One delivery that came to its end.
	 *
	 * @param endpointId the endpoint, the contact of a mail, or the client of its feed;
	 * null where the obligation had none to go to
	 * @param reason why it was exhausted or skipped
	 * @param at when it ended: for a delivered one the instant of its 2xx
	 * @param attempts how many attempts were made
	 * @param obligationSatisfiedAt the instant at which this delivery satisfied the
	 * obligation's rule, or null if it did not (yet, or another one had before)
	 */
	@JsonIgnoreProperties(ignoreUnknown = true)
	public record Item(String obligationId, String clientId, String updateId, String noticeId, String deliveryId,
			@Nullable String endpointId, Outcome outcome, @Nullable String reason, Instant at, int attempts,
			@Nullable Instant obligationSatisfiedAt) {
	}

	/**
	 * How a delivery ended.
	 */
	public enum Outcome {

		DELIVERED, EXHAUSTED, SKIPPED

	}

}
