package io.punctual.shared.contract;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import org.jspecify.annotations.Nullable;

/**
 * {@code endpoint.upserted}: a client's webhook as it is now.
 *
 * @param endpointId the endpoint
 * @param clientId its client
 * @param url where to post
 * @param state only a verified endpoint is sent updates
 * @param filter which updates it is meant for
 * @param ratePerSecond the most requests a second that it takes
 * @param secrets those that sign, the newest first; sealed for
 * {@code endpointId + "/" + secretId}
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record EndpointUpserted(String endpointId, String clientId, String url, State state, NoticeFilter filter,
		int ratePerSecond, List<Secret> secrets) {

	public static final String TYPE = "endpoint.upserted";

	/**
	 * What the client and its challenge have made of the endpoint.
	 */
	public enum State {

		UNVERIFIED, VERIFIED, PAUSED, GONE

	}

	/**
	 * A signing secret.
	 *
	 * @param secretId the secret
	 * @param sealed its bytes, for a {@link io.punctual.shared.secret.SecretBox}
	 * @param createdAt when it was made
	 * @param signsUntil until when it signs beside its successor; null for the newest
	 */
	@JsonIgnoreProperties(ignoreUnknown = true)
	public record Secret(String secretId, String sealed, Instant createdAt, @Nullable Instant signsUntil) {
	}

}
