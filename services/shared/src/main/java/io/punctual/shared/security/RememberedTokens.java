package io.punctual.shared.security;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/**
 * Remembers tokens whose signature was found to be right: a caller sends the same one for
 * an hour, and the signature is the dearest part of looking at it. Everything else,
 * expiry above all, is looked at each time.
 */
class RememberedTokens implements JwtDecoder {

	/** A key that the issuer withdraws counts no longer than this. */
	private static final Duration REMEMBERED = Duration.ofMinutes(1);

	private static final int MOST = 1000;

	private final JwtDecoder decoder;

	private final OAuth2TokenValidator<Jwt> validator;

	private final LongSupplier nanoTime;

	private final Map<String, Remembered> tokens = new LinkedHashMap<>(16, 0.75f, true) {

		@Override
		protected boolean removeEldestEntry(Map.Entry<String, Remembered> eldest) {
			return size() > MOST;
		}

	};

	/**
	 * Remember what a decoder has decoded.
	 * @param decoder looks at everything
	 * @param validator looks at the claims
	 * @param nanoTime the present time
	 */
	RememberedTokens(JwtDecoder decoder, OAuth2TokenValidator<Jwt> validator, LongSupplier nanoTime) {
		this.decoder = decoder;
		this.validator = validator;
		this.nanoTime = nanoTime;
	}

	@Override
	public Jwt decode(String token) {
		long now = this.nanoTime.getAsLong();
		Jwt known = find(token, now);
		if (known != null && !this.validator.validate(known).hasErrors()) {
			return known;
		}
		Jwt decoded = this.decoder.decode(token);
		synchronized (this.tokens) {
			this.tokens.put(token, new Remembered(decoded, now));
		}
		return decoded;
	}

	private @Nullable Jwt find(String token, long now) {
		synchronized (this.tokens) {
			Remembered remembered = this.tokens.get(token);
			return (remembered != null && now - remembered.sinceNanos() < REMEMBERED.toNanos()) ? remembered.jwt()
					: null;
		}
	}

	private record Remembered(Jwt jwt, long sinceNanos) {
	}

}
