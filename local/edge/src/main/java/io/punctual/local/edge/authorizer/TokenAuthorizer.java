package io.punctual.local.edge.authorizer;

import java.net.MalformedURLException;
import java.net.URI;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.punctual.local.edge.document.DocumentException;
import io.punctual.local.edge.document.ResponseType;
import io.punctual.local.edge.gateway.GatewayException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks tokens of one issuer as a Cognito user pool authorizer does. The issuer's keys
 * are fetched when they are first needed, so the issuer may start later than the edge.
 */
public final class TokenAuthorizer {

	private static final Logger LOG = LoggerFactory.getLogger(TokenAuthorizer.class);

	/**
	 * How long a verified token is not verified again; its expiry is looked at every
	 * time.
	 */
	private static final Duration REMEMBERED = Duration.ofMinutes(5);

	private final String issuer;

	private final Clock clock;

	private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

	private final Cache<String, JWTClaimsSet> verified = Caffeine.newBuilder()
		.maximumSize(2_000)
		.expireAfterWrite(REMEMBERED)
		.build();

	public TokenAuthorizer(String issuer, String jwksUri, Clock clock) {
		this.issuer = issuer;
		this.clock = clock;
		try {
			var keys = JWKSourceBuilder
				.create(URI.create(jwksUri).toURL(), new DefaultResourceRetriever(1_000, 2_000, 512 * 1024))
				.cache(Duration.ofMinutes(10).toMillis(), 3_000)
				.refreshAheadCache(false)
				.rateLimited(2_000)
				.build();
			this.processor.setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.RS256, keys));
		}
		catch (MalformedURLException | IllegalArgumentException ex) {
			throw new DocumentException("The keys' address is no URL: " + jwksUri);
		}
		this.processor.setJWSTypeVerifier(
				new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
		// Issuer, expiry and use are checked here: each has an answer of its own.
		this.processor.setJWTClaimsSetVerifier((claims, context) -> {
		});
	}

	/**
	 * The claims of a token that may call an operation.
	 * @param header the value of the authorizer's header; null when it was not sent
	 * @param scopes the operation's; empty where an ID token is asked for
	 * @throws GatewayException UNAUTHORIZED, whatever is wrong with the token
	 */
	public Map<String, Object> authorize(@Nullable String header, Set<String> scopes) {
		if (header == null || header.isBlank()) {
			throw unauthorized();
		}
		String token = header.regionMatches(true, 0, "Bearer ", 0, 7) ? header.substring(7).trim() : header.trim();
		JWTClaimsSet claims = this.verified.getIfPresent(token);
		if (claims == null) {
			claims = verify(token);
			this.verified.put(token, claims);
		}
		Date expiry = claims.getExpirationTime();
		if (expiry == null || !expiry.toInstant().isAfter(this.clock.instant())) {
			throw new GatewayException(ResponseType.UNAUTHORIZED, "The incoming token has expired");
		}
		if (!isFor(claims, scopes)) {
			throw unauthorized();
		}
		return claims.getClaims();
	}

	private static boolean isFor(JWTClaimsSet claims, Set<String> scopes) {
		Object use = claims.getClaim("token_use");
		if (scopes.isEmpty()) {
			return "id".equals(use);
		}
		return (use == null || "access".equals(use))
				&& granted(claims.getClaim("scope")).stream().anyMatch(scopes::contains);
	}

	private static List<String> granted(@Nullable Object scope) {
		return switch (scope) {
			case String text -> List.of(text.split(" "));
			case List<?> list -> list.stream().map(String::valueOf).toList();
			case null, default -> List.of();
		};
	}

	private JWTClaimsSet verify(String token) {
		try {
			JWTClaimsSet claims = this.processor.process(token, null);
			if (!this.issuer.equals(claims.getIssuer())) {
				throw unauthorized();
			}
			return claims;
		}
		catch (KeySourceException ex) {
			LOG.warn("The keys of {} cannot be had: {}", this.issuer, ex.getMessage());
			throw new GatewayException(ResponseType.AUTHORIZER_FAILURE, "Internal server error");
		}
		catch (ParseException | BadJOSEException | JOSEException ex) {
			LOG.debug("A token is refused: {}", ex.getMessage());
			throw unauthorized();
		}
	}

	private static GatewayException unauthorized() {
		return new GatewayException(ResponseType.UNAUTHORIZED, "Unauthorized");
	}

}
