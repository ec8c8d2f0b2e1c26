package io.punctual.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import java.util.function.Consumer;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.punctual.shared.security.Scopes;

/**
 * An issuer of access tokens like the real ones, with its keys on a port of its own; one
 * for all tests of this JVM.
 */
public final class TestTokens {

	private static final String INTERNAL_CLIENT = "test-service";

	private final RSAKey key = newKey();

	private final HttpServer server;

	private TestTokens() {
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.server.createContext("/oauth2/jwks", (exchange) -> answer(exchange, new JWKSet(this.key).toString()));
		this.server.createContext("/oauth2/token", (exchange) -> answer(exchange,
				"{\"access_token\":\"" + internal() + "\",\"token_type\":\"Bearer\",\"expires_in\":3600}"));
		this.server.start();
	}

	/**
	 * The issuer of this JVM.
	 * @return started already
	 */
	public static TestTokens shared() {
		return Shared.TOKENS;
	}

	public String issuer() {
		return "http://127.0.0.1:" + this.server.getAddress().getPort();
	}

	/** A token of the provider, to read and to write. */
	public String provider() {
		return of("provider-console", Scopes.PROVIDER_READ, Scopes.PROVIDER_WRITE);
	}

	/** A token of the provider, to read only. */
	public String providerReader() {
		return of("provider-dashboard", Scopes.PROVIDER_READ);
	}

	/**
	 * A token of a client's credential.
	 * @param oauthClientId the OAuth client; the service must know its credential
	 * @return the token
	 */
	public String client(String oauthClientId) {
		return of(oauthClientId, Scopes.CLIENT);
	}

	/** A token of another service. */
	public String internal() {
		return of(INTERNAL_CLIENT, Scopes.INTERNAL);
	}

	public String of(String subject, String... scopes) {
		return token((claims) -> claims.subject(subject)
			.claim("client_id", subject)
			.claim("scope", String.join(" ", scopes)));
	}

	/**
	 * A valid token, except for what is changed: for tests of what is refused.
	 * @param change changes the claims; a null value takes a claim away
	 * @return the signed token
	 */
	public String token(Consumer<JWTClaimsSet.Builder> change) {
		return token(this.key, change);
	}

	/** A token that names this issuer and key, signed by somebody else. */
	public String forged() {
		RSAKey other = newKey();
		return token(new RSAKey.Builder(other).keyID(this.key.getKeyID()).build(),
				(claims) -> claims.claim("scope", Scopes.PROVIDER_READ + " " + Scopes.PROVIDER_WRITE));
	}

	private String token(RSAKey signer, Consumer<JWTClaimsSet.Builder> change) {
		Instant now = Instant.now();
		JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder().issuer(issuer())
			.subject("provider-console")
			.jwtID(UUID.randomUUID().toString())
			.issueTime(Date.from(now))
			.expirationTime(Date.from(now.plus(Duration.ofHours(1))))
			.claim("token_use", "access")
			.claim("client_id", "provider-console");
		change.accept(claims);
		try {
			SignedJWT jwt = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(signer.getKeyID()).build(),
					claims.build());
			jwt.sign(new RSASSASigner(signer));
			return jwt.serialize();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static RSAKey newKey() {
		try {
			return new RSAKeyGenerator(2048).keyID(UUID.randomUUID().toString()).generate();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void answer(HttpExchange exchange, String json) throws IOException {
		byte[] body = json.getBytes(StandardCharsets.UTF_8);
		exchange.getResponseHeaders().set("Content-Type", "application/json");
		exchange.sendResponseHeaders(200, body.length);
		exchange.getResponseBody().write(body);
		exchange.close();
	}

	/**
	 * Holds the one issuer.
	 */
	private static final class Shared {

		private static final TestTokens TOKENS = new TestTokens();

	}

}
