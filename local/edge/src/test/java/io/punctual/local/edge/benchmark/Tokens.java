package io.punctual.local.edge.benchmark;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;

/**
 * The issuer of the one token that the measured requests carry.
 */
final class Tokens implements AutoCloseable {

	private final HttpServer server;

	private final RSAKey key;

	Tokens() throws IOException, JOSEException {
		this.key = new RSAKeyGenerator(2048).keyID("benchmark").generate();
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		byte[] keys = new JWKSet(this.key.toPublicJWK()).toString().getBytes(StandardCharsets.UTF_8);
		this.server.createContext("/oauth2/jwks", (exchange) -> {
			exchange.sendResponseHeaders(200, keys.length);
			exchange.getResponseBody().write(keys);
			exchange.close();
		});
		this.server.start();
	}

	String issuer() {
		return "http://localhost:" + this.server.getAddress().getPort();
	}

	String token(String scope) throws JOSEException {
		SignedJWT token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("benchmark").build(),
				new JWTClaimsSet.Builder().issuer(issuer())
					.subject("benchmark")
					.claim("token_use", "access")
					.claim("scope", scope)
					.expirationTime(Date.from(Instant.now().plusSeconds(3_600)))
					.build());
		token.sign(new RSASSASigner(this.key));
		return token.serialize();
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

}
