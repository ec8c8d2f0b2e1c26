package io.punctual.clients.credential;

import java.time.Instant;

import io.punctual.shared.contract.CredentialUpserted;
import io.punctual.shared.credential.CredentialIssuer;
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

	private @Nullable String apiKeyId;

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

	Credential(String clientId, CredentialIssuer.Issued issued, String name, Instant now) {
		this.id = Ids.next("crd");
		this.clientId = clientId;
		this.oauthClientId = issued.clientId();
		this.apiKeyId = issued.apiKeyId();
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

	@Nullable String apiKeyId() {
		return this.apiKeyId;
	}

	/**
	 * What is shown of it.
	 * @param issued the secrets, once; null ever after
	 */
	CredentialController.View view(CredentialIssuer.@Nullable Issued issued) {
		return new CredentialController.View(this.id, this.clientId, this.name, this.oauthClientId,
				(issued != null) ? issued.clientSecret() : null, this.apiKeyId,
				(issued != null) ? issued.apiKey() : null, this.state, this.createdAt, this.revokedAt);
	}

	CredentialUpserted event() {
		return new CredentialUpserted(this.id, this.oauthClientId, this.clientId, this.state, this.apiKeyId);
	}

}
