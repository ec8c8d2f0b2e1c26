package io.punctual.notices.audience;

import java.time.Instant;

/**
 * A component that a client was just found to be entitled to.
 *
 * @param clientId the client
 * @param componentId the component
 * @param effectiveAt since when
 * @param recordedAt when {@code clients} recorded it; later than {@code effectiveAt} if
 * it was told late
 */
public record Grant(String clientId, String componentId, Instant effectiveAt, Instant recordedAt) {
}
