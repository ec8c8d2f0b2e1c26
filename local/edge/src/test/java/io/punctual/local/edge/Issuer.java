package io.punctual.local.edge;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;

/**
 * An issuer of tokens with its keys over HTTP.
 */
final class Issuer implements AutoCloseable {

	private final HttpServer server;

	private final RSAKey key;

	Issuer() throws IOException, JOSEException {
		this.key = new RSAKeyGenerator(2048).keyID("first").generate();
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		byte[] keys = new JWKSet(this.key.toPublicJWK()).toString().getBytes(StandardCharsets.UTF_8);
		this.server.createContext("/oauth2/jwks", (exchange) -> {
			exchange.sendResponseHeaders(200, keys.length);
			exchange.getResponseBody().write(keys);
			exchange.close();
		});
		this.server.start();
	}

	String url() {
		return "http://localhost:" + this.server.getAddress().getPort();
	}

	JWTClaimsSet.Builder claims() {
		return new JWTClaimsSet.Builder().issuer(url())
			.subject("ann")
			.claim("token_use", "access")
			.claim("scope", "shop/orders.read other/thing")
			.claim("client_id", "ann")
			.issueTime(new Date())
			.expirationTime(Date.from(Instant.now().plusSeconds(600)));
	}

	String token(JWTClaimsSet.Builder claims) throws JOSEException {
		SignedJWT token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("first").build(),
				claims.build());
		token.sign(new RSASSASigner(this.key));
		return token.serialize();
	}

	String unsigned(JWTClaimsSet.Builder claims) {
		return new PlainJWT(claims.build()).serialize();
	}

	/**
	 * Signed with the public key as an HMAC secret: the old confusion of algorithms.
	 */
	String confused(JWTClaimsSet.Builder claims) throws JOSEException {
		SignedJWT token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("first").build(),
				claims.build());
		token.sign(new MACSigner(this.key.toPublicJWK().toRSAPublicKey().getEncoded()));
		return token.serialize();
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

}
