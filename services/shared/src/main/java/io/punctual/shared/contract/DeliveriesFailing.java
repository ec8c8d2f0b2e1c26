package io.punctual.shared.contract;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * {@code deliveries.failing}: the first failed attempt of a delivery, and each change of
 * the side that fails, in groups.
 *
 * @param items the deliveries that fail
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record DeliveriesFailing(List<Item> items) {

	public static final String TYPE = "deliveries.failing";

	/**
	 * One delivery that fails.
	 *
	 * @param firstAttemptAt when its first attempt started
	 * @param side whose fault the failed attempt was
	 * @param reason what happened, in a word or two
	 */
	@JsonIgnoreProperties(ignoreUnknown = true)
	public record Item(String obligationId, String deliveryId, String endpointId, Instant firstAttemptAt, Side side,
			String reason) {
	}

	/**
	 * Whose fault a failed attempt was.
	 */
	public enum Side {

		RECIPIENT, PROVIDER

	}

}
