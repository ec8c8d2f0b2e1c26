package io.punctual.clients.oncall;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonIgnore;
import org.jspecify.annotations.Nullable;

/**
 * Who is told of escalations.
 *
 * @param clientId a synthetic client: its endpoints and contacts are the provider's own;
 * null for nobody
 * @param changedAt since when
 * @param version grows with every change
 */
record OnCall(@Nullable String clientId, Instant changedAt, @JsonIgnore long version) {
}
