package io.punctual.shared.contract;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import org.jspecify.annotations.Nullable;

/**
 * {@code endpoint.tested}: what came of a test message. Readers that do not know it pass
 * over it.
 *
 * @param endpointId the endpoint
 * @param clientId its client
 * @param testId the test that was asked for
 * @param testedAt when it came to its end
 * @param failure why it failed; absent if the answer was a 2xx
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record EndpointTested(String endpointId, String clientId, String testId, Instant testedAt,
		@Nullable String failure) {

	public static final String TYPE = "endpoint.tested";

}
