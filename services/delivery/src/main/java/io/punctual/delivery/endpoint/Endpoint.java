package io.punctual.delivery.endpoint;

import java.util.List;

import io.punctual.shared.contract.EndpointUpserted;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint as it is known at the attempt.
 *
 * @param clientRemoved whether its client is one no longer
 */
public record Endpoint(String endpointId, String clientId, String url, EndpointUpserted.State state, int ratePerSecond,
		List<EndpointUpserted.Secret> secrets, boolean clientRemoved) {

	/**
	 * Why nothing may be sent to it.
	 * @return the reason, or null if it may
	 */
	public @Nullable String obstacle() {
		return switch (this.state) {
			case VERIFIED -> null;
			case UNVERIFIED -> "the endpoint is not verified";
			case PAUSED -> "the endpoint is paused";
			case GONE -> "the endpoint is gone";
		};
	}

}
