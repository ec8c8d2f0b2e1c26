package io.punctual.local.identity;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The registered clients, made from the configuration at the start and by the
 * administrator's interface later.
 */
@Component
class MachineClients {

	private static final Duration TOKEN_LIFE = Duration.ofHours(1);

	private static final String STAFF = "punctual-staff";

	private final SecureRandom random = new SecureRandom();

	private final RegisteredClientRepository repository;

	private final PasswordEncoder encoder;

	private final JdbcClient jdbc;

	private final ApiKeys keys;

	MachineClients(RegisteredClientRepository repository, PasswordEncoder encoder, JdbcClient jdbc, ApiKeys keys) {
		this.repository = repository;
		this.encoder = encoder;
		this.jdbc = jdbc;
		this.keys = keys;
	}

	/**
	 * Makes a client, and an API key with it where a usage plan is named.
	 */
	@Transactional
	public Issued issue(String name, Set<String> scopes, @Nullable String usagePlan) {
		String clientId = clientId();
		String secret = token(32);
		this.repository.save(machine(UUID.randomUUID().toString(), clientId, secret, name, scopes));
		if (usagePlan == null) {
			return new Issued(clientId, secret, null, null);
		}
		String apiKeyId = clientId().substring(0, 10);
		String apiKey = token(30);
		this.keys.add(apiKeyId, clientId, apiKey, usagePlan);
		return new Issued(clientId, secret, apiKeyId, apiKey);
	}

	/**
	 * Makes or updates a client that the configuration names; its secret is the
	 * configuration's.
	 */
	void put(String clientId, String secret, Set<String> scopes) {
		this.repository.save(machine(idOf(clientId), clientId, secret, clientId, scopes));
	}

	void putStaff(List<String> redirectUris) {
		this.repository.save(RegisteredClient.withId(idOf(STAFF))
			.clientId(STAFF)
			.clientIdIssuedAt(Instant.now())
			.clientName("Staff")
			.clientAuthenticationMethod(ClientAuthenticationMethod.NONE)
			.authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
			.redirectUris((uris) -> uris.addAll(redirectUris))
			.scopes((all) -> all.addAll(Scopes.STAFF))
			.clientSettings(ClientSettings.builder().requireProofKey(true).requireAuthorizationConsent(false).build())
			.tokenSettings(TokenSettings.builder().accessTokenTimeToLive(TOKEN_LIFE).build())
			.build());
	}

	@Transactional
	public void delete(String clientId) {
		this.keys.deleteOf(clientId);
		this.jdbc.sql("DELETE FROM oauth2_registered_client WHERE client_id = ?").param(clientId).update();
	}

	private String idOf(String clientId) {
		RegisteredClient existing = this.repository.findByClientId(clientId);
		return (existing != null) ? existing.getId() : UUID.randomUUID().toString();
	}

	private RegisteredClient machine(String id, String clientId, String secret, String name, Set<String> scopes) {
		return RegisteredClient.withId(id)
			.clientId(clientId)
			.clientIdIssuedAt(Instant.now())
			.clientSecret(this.encoder.encode(secret))
			.clientName(name)
			.clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
			.clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_POST)
			.authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
			.scopes((all) -> all.addAll(scopes))
			.tokenSettings(TokenSettings.builder().accessTokenTimeToLive(TOKEN_LIFE).build())
			.build();
	}

	private String clientId() {
		byte[] bytes = new byte[16];
		this.random.nextBytes(bytes);
		return HexFormat.of().formatHex(bytes);
	}

	private String token(int bytes) {
		byte[] random = new byte[bytes];
		this.random.nextBytes(random);
		return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
	}

	/**
	 * A new client and its API key; their secrets are readable here only.
	 *
	 * @param clientId the OAuth client's id
	 * @param clientSecret its secret
	 * @param apiKeyId the API key's id; null if none was made
	 * @param apiKey its value
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record Issued(String clientId, String clientSecret, @Nullable String apiKeyId, @Nullable String apiKey) {

		@Override
		public String toString() {
			return "Issued[clientId=" + this.clientId + "]";
		}

	}

}
