package io.punctual.clients.endpoint;

import java.time.Instant;

import io.punctual.shared.contract.EndpointUpserted;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import org.jspecify.annotations.Nullable;

/**
 * A signing secret of an endpoint, sealed.
 */
@Entity(name = "endpoint_secret")
class EndpointSecret {

	@Id
	private String id;

	private String sealed;

	private Instant createdAt;

	private @Nullable Instant signsUntil;

	@SuppressWarnings("NullAway.Init")
	protected EndpointSecret() {
	}

	EndpointSecret(String id, String sealed, Instant now) {
		this.id = id;
		this.sealed = sealed;
		this.createdAt = now;
	}

	void retire(Instant signsUntil) {
		this.signsUntil = signsUntil;
	}

	boolean signsAt(Instant now) {
		return this.signsUntil == null || now.isBefore(this.signsUntil);
	}

	boolean isNewest() {
		return this.signsUntil == null;
	}

	EndpointUpserted.Secret event() {
		return new EndpointUpserted.Secret(this.id, this.sealed, this.createdAt, this.signsUntil);
	}

}
