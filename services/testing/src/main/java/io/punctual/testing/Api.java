package io.punctual.testing;

import io.punctual.shared.id.Ids;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpHeaders;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;

/**
 * The service's API as its callers see it; each answer is checked against the API
 * document.
 */
public final class Api {

	private final ObjectProvider<RestTestClient> http;

	private final ObjectProvider<JdbcClient> jdbc;

	private final TestTokens tokens;

	Api(ObjectProvider<RestTestClient> http, ObjectProvider<JdbcClient> jdbc, TestTokens tokens) {
		this.http = http;
		this.jdbc = jdbc;
		this.tokens = tokens;
	}

	/** As the provider, who may read and write. */
	public RestTestClient provider() {
		return with(this.tokens.provider());
	}

	/** As the provider, who may read only. */
	public RestTestClient providerReader() {
		return with(this.tokens.providerReader());
	}

	/**
	 * As a client.
	 * @param oauthClientId the OAuth client of a credential that the service knows
	 * @return sends its token
	 */
	public RestTestClient client(String oauthClientId) {
		return with(this.tokens.client(oauthClientId));
	}

	/** As another service. */
	public RestTestClient internal() {
		return with(this.tokens.internal());
	}

	/** Without a token. */
	public RestTestClient anonymous() {
		return this.http.getObject();
	}

	public RestTestClient with(String token) {
		return this.http.getObject()
			.mutate()
			.defaultHeaders((headers) -> headers.set(HttpHeaders.AUTHORIZATION, "Bearer " + token))
			.build();
	}

	/**
	 * Writes an active credential into the service's replica, as if it had read of it.
	 * @param oauthClientId the OAuth client
	 * @param clientId the client that it belongs to
	 */
	public void knowCredential(String oauthClientId, String clientId) {
		this.jdbc.getObject()
			.sql("""
					INSERT INTO caller_credential (oauth_client_id, credential_id, client_id, state)
					VALUES (?, ?, ?, 'ACTIVE') ON DUPLICATE KEY UPDATE client_id = VALUES(client_id), state = 'ACTIVE'""")
			.params(oauthClientId, Ids.next("crd"), clientId)
			.update();
	}

}
