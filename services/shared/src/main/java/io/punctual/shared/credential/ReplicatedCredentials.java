package io.punctual.shared.credential;

import java.util.Optional;

import io.punctual.shared.contract.CredentialUpserted;
import io.punctual.shared.security.CredentialDirectory;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The service's own replica of the credentials, kept by events of {@code clients}.
 */
class ReplicatedCredentials implements CredentialDirectory {

	private final JdbcClient jdbc;

	ReplicatedCredentials(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	@Override
	public Optional<String> clientOf(String oauthClientId) {
		return this.jdbc.sql("SELECT client_id FROM caller_credential WHERE oauth_client_id = :id AND state = 'ACTIVE'")
			.param("id", oauthClientId)
			.query(String.class)
			.optional();
	}

	@Override
	public Optional<String> clientOfApiKey(String apiKeyId) {
		return this.jdbc.sql("SELECT client_id FROM caller_credential WHERE api_key_id = :id AND state = 'ACTIVE'")
			.param("id", apiKeyId)
			.query(String.class)
			.optional();
	}

	void clear() {
		this.jdbc.sql("DELETE FROM caller_credential").update();
	}

	void upsert(CredentialUpserted credential) {
		this.jdbc.sql("""
				INSERT INTO caller_credential (oauth_client_id, credential_id, client_id, state, api_key_id)
				VALUES (:oauthClientId, :credentialId, :clientId, :state, :apiKeyId)
				ON DUPLICATE KEY UPDATE credential_id = VALUES(credential_id), client_id = VALUES(client_id),
				  state = VALUES(state), api_key_id = VALUES(api_key_id)""")
			.param("oauthClientId", credential.oauthClientId())
			.param("credentialId", credential.credentialId())
			.param("clientId", credential.clientId())
			.param("state", credential.state().name())
			.param("apiKeyId", credential.apiKeyId())
			.update();
	}

}
