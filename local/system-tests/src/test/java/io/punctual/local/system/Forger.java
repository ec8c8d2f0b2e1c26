package io.punctual.local.system;

import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;

/**
 * Makes of a good token such as are none, one fault in each.
 */
final class Forger {

	private final RSAKey key;

	private final JWTClaimsSet good;

	Forger(RSAKey key, String good) throws ParseException {
		this.key = key;
		this.good = SignedJWT.parse(good).getJWTClaimsSet();
	}

	/**
	 * The same once more: that it is taken shows that what is refused is the fault.
	 */
	String faultless() throws JOSEException {
		return signed(this.key, (claims) -> claims);
	}

	/**
	 * Returns tokens by what is wrong with them.
	 */
	Map<String, String> tokens(String otherClient) throws JOSEException {
		RSAKey other = new RSAKeyGenerator(2048).keyID(this.key.getKeyID()).generate();
		String own = faultless();
		String foreign = signed(this.key, (claims) -> claims.subject(otherClient).claim("client_id", otherClient));
		Map<String, String> tokens = new LinkedHashMap<>();
		tokens.put("signed with another key", signed(other, (claims) -> claims));
		tokens.put("changed after it was signed",
				own.split("\\.")[0] + "." + foreign.split("\\.")[1] + "." + own.split("\\.")[2]);
		tokens.put("expired", signed(this.key, (claims) -> claims.issueTime(Date.from(Instant.now().minusSeconds(7200)))
			.expirationTime(Date.from(Instant.now().minusSeconds(3600)))));
		tokens.put("of another issuer", signed(this.key, (claims) -> claims.issuer("http://127.0.0.1:9")));
		tokens.put("of another issuer with a key of its own",
				signed(other, (claims) -> claims.issuer("http://127.0.0.1:9")));
		tokens.put("an ID token", signed(this.key, (claims) -> claims.claim("token_use", "id")));
		tokens.put("of no algorithm", new PlainJWT(this.good).serialize());
		tokens.put("signed with the public key as a secret", withPublicKeyAsSecret());
		tokens.put("no token", "nothing.at.all");
		return tokens;
	}

	private String signed(RSAKey key, UnaryOperator<JWTClaimsSet.Builder> change) throws JOSEException {
		SignedJWT token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(this.key.getKeyID()).build(),
				change.apply(new JWTClaimsSet.Builder(this.good)).build());
		token.sign(new RSASSASigner(key));
		return token.serialize();
	}

	private String withPublicKeyAsSecret() throws JOSEException {
		SignedJWT token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(this.key.getKeyID()).build(),
				this.good);
		token.sign(new MACSigner(this.key.toPublicJWK().toRSAPublicKey().getEncoded()));
		return token.serialize();
	}

}
