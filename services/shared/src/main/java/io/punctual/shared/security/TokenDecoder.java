package io.punctual.shared.security;

import java.net.MalformedURLException;
import java.time.Duration;
import java.util.List;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;

import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/**
 * Makes the decoder of access tokens: signature (RS256), issuer, expiry and
 * {@code token_use}; never {@code aud}, which Cognito does not send. The issuer's keys
 * are fetched when the first token comes, and outlast an outage of the issuer. A
 * signature that was found to be right is not computed again for a minute.
 */
final class TokenDecoder {

	private static final int CONNECT_TIMEOUT_MILLIS = 2000;

	private static final int READ_TIMEOUT_MILLIS = 2000;

	private static final int MAX_KEYS_BYTES = 50 * 1024;

	private static final long CACHE_MILLIS = Duration.ofMinutes(15).toMillis();

	private static final long REFRESH_TIMEOUT_MILLIS = Duration.ofSeconds(5).toMillis();

	private static final long OUTAGE_MILLIS = Duration.ofHours(24).toMillis();

	private static final int MAX_SUBJECT_LENGTH = 255;

	private TokenDecoder() {
	}

	static JwtDecoder of(IdentityProperties identity) {
		DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
		processor.setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.RS256, keys(identity)));
		// Claims are the validators' business, and the kind of token is token_use's.
		processor.setJWTClaimsSetVerifier((claims, context) -> {
		});
		processor.setJWSTypeVerifier((type, context) -> {
		});
		NimbusJwtDecoder decoder = new NimbusJwtDecoder(processor);
		List<OAuth2TokenValidator<Jwt>> validators = List.of(new JwtTimestampValidator(Duration.ofSeconds(30)),
				new JwtIssuerValidator(identity.issuer()), TokenDecoder::isAccessToken);
		OAuth2TokenValidator<Jwt> validator = new DelegatingOAuth2TokenValidator<>(validators);
		decoder.setJwtValidator(validator);
		return new RememberedTokens(decoder, validator, System::nanoTime);
	}

	private static JWKSource<SecurityContext> keys(IdentityProperties identity) {
		try {
			return JWKSourceBuilder
				.create(identity.keys().toURL(),
						new DefaultResourceRetriever(CONNECT_TIMEOUT_MILLIS, READ_TIMEOUT_MILLIS, MAX_KEYS_BYTES))
				.cache(CACHE_MILLIS, REFRESH_TIMEOUT_MILLIS)
				.refreshAheadCache(false)
				// A flood of tokens with unknown keys becomes one request in five
				// seconds.
				.rateLimited(5000)
				.outageTolerant(OUTAGE_MILLIS)
				.build();
		}
		catch (MalformedURLException ex) {
			throw new IllegalArgumentException("punctual.identity.jwks-uri is no URL: " + identity.keys(), ex);
		}
	}

	private static OAuth2TokenValidatorResult isAccessToken(Jwt token) {
		String subject = token.getSubject();
		boolean valid = "access".equals(token.getClaims().get("token_use")) && token.getExpiresAt() != null
				&& subject != null && !subject.isBlank() && subject.length() <= MAX_SUBJECT_LENGTH;
		return (valid) ? OAuth2TokenValidatorResult.success() : OAuth2TokenValidatorResult
			.failure(new OAuth2Error("invalid_token", "This is not an access token", null));
	}

}
