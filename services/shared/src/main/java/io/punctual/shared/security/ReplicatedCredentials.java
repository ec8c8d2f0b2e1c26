package io.punctual.shared.security;

import java.util.Optional;

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

	void upsert(String credentialId, String oauthClientId, String clientId, String state) {
		this.jdbc.sql("""
				INSERT INTO caller_credential (oauth_client_id, credential_id, client_id, state)
				VALUES (:oauthClientId, :credentialId, :clientId, :state)
				ON DUPLICATE KEY UPDATE credential_id = VALUES(credential_id), client_id = VALUES(client_id),
				  state = VALUES(state)""")
			.param("oauthClientId", oauthClientId)
			.param("credentialId", credentialId)
			.param("clientId", clientId)
			.param("state", state)
			.update();
	}

}
