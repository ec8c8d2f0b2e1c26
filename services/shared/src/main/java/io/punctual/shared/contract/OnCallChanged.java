package io.punctual.shared.contract;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import org.jspecify.annotations.Nullable;

/**
 * {@code on_call.changed}: whoever is told of escalations is another one from now on.
 *
 * @param clientId the client whose endpoints and contacts are told; null for nobody
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record OnCallChanged(@Nullable String clientId) {

	public static final String TYPE = "on_call.changed";

}
