package io.punctual.delivery.mail;

import io.punctual.shared.contract.DeliveriesFailing.Side;
import org.jspecify.annotations.Nullable;

/**
 * A mail was not taken over.
 */
public class CarrierException extends RuntimeException {

	private final transient @Nullable Integer status;

	private final Side side;

	/**
	 * Says why.
	 * @param status the reply's code, or null if there was none
	 * @param error what went wrong, without any address
	 * @param side whose fault it is
	 * @param cause what was thrown
	 */
	public CarrierException(@Nullable Integer status, String error, Side side, Exception cause) {
		super(error, cause);
		this.status = status;
		this.side = side;
	}

	@Nullable Integer status() {
		return this.status;
	}

	Side side() {
		return this.side;
	}

}
