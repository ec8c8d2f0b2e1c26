package io.punctual.clients.credential;

import java.time.Instant;

import io.punctual.shared.contract.CredentialUpserted;
import io.punctual.shared.id.Ids;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import org.jspecify.annotations.Nullable;

/**
 * A credential by which a client calls.
 */
@Entity(name = "credential")
class Credential {

	@Id
	private String id;

	private String clientId;

	private String oauthClientId;

	private String name;

	@Enumerated(EnumType.STRING)
	private CredentialUpserted.State state;

	/** Whether the issuer has withdrawn it, after it was revoked here. */
	private boolean withdrawn;

	private Instant createdAt;

	private @Nullable Instant revokedAt;

	@Version
	private @Nullable Long version;

	@SuppressWarnings("NullAway.Init")
	protected Credential() {
	}

	Credential(String clientId, String oauthClientId, String name, Instant now) {
		this.id = Ids.next("crd");
		this.clientId = clientId;
		this.oauthClientId = oauthClientId;
		this.name = name;
		this.state = CredentialUpserted.State.ACTIVE;
		this.createdAt = now;
	}

	boolean revoke(Instant now) {
		if (this.state == CredentialUpserted.State.REVOKED) {
			return false;
		}
		this.state = CredentialUpserted.State.REVOKED;
		this.revokedAt = now;
		return true;
	}

	void withdraw() {
		this.withdrawn = true;
	}

	String id() {
		return this.id;
	}

	String clientId() {
		return this.clientId;
	}

	String oauthClientId() {
		return this.oauthClientId;
	}

	CredentialController.View view(@Nullable String secret) {
		return new CredentialController.View(this.id, this.clientId, this.name, this.oauthClientId, secret, this.state,
				this.createdAt, this.revokedAt);
	}

	CredentialUpserted event() {
		return new CredentialUpserted(this.id, this.oauthClientId, this.clientId, this.state);
	}

}
