package io.punctual.notices.audience;

import java.time.Instant;
import java.util.List;

import io.punctual.shared.contract.AgreementTerms;
import org.jspecify.annotations.Nullable;

/**
 * A client that a notice concerns.
 *
 * @param clientId the client
 * @param entitledAt since when it uses one of the components; the instant asked for, if
 * it does no more
 * @param agreement the version of its agreement in force; null if there is none, or if
 * all of its endpoints filter the notice away: then nothing is promised
 * @param endpointIds the endpoints whose filter lets the notice through
 */
public record Member(String clientId, Instant entitledAt, @Nullable AgreementTerms agreement,
		List<String> endpointIds) {
}
