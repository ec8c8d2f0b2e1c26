package io.punctual.shared.security;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A signature is computed once a minute, and nothing else is taken on trust.
 */
class RememberedTokensTests {

	private final AtomicInteger decoded = new AtomicInteger();

	private final AtomicLong nanoTime = new AtomicLong();

	private boolean expired;

	private final RememberedTokens tokens = new RememberedTokens(this::decode, (token) -> this.expired
			? OAuth2TokenValidatorResult.failure(new OAuth2Error("expired")) : OAuth2TokenValidatorResult.success(),
			this.nanoTime::get);

	@Test
	void theSameTokenIsVerifiedOnceAMinute() {
		assertThat(this.tokens.decode("a").getSubject()).isEqualTo("a");
		assertThat(this.tokens.decode("a").getSubject()).isEqualTo("a");
		assertThat(this.tokens.decode("b").getSubject()).isEqualTo("b");
		assertThat(this.decoded).hasValue(2);
		this.nanoTime.addAndGet(Duration.ofMinutes(1).toNanos());
		this.tokens.decode("a");
		assertThat(this.decoded).hasValue(3);
	}

	@Test
	void aTokenThatExpiresMeanwhileIsRefused() {
		this.tokens.decode("a");
		this.expired = true;
		assertThatExceptionOfType(BadJwtException.class).isThrownBy(() -> this.tokens.decode("a"));
	}

	@Test
	void aWrongTokenIsNotRemembered() {
		for (int i = 1; i <= 3; i++) {
			assertThatExceptionOfType(BadJwtException.class).isThrownBy(() -> this.tokens.decode("forged"));
			assertThat(this.decoded).hasValue(i);
		}
	}

	@Test
	void aFloodOfTokensIsNotKept() {
		for (int i = 0; i <= 1000; i++) {
			this.tokens.decode("t" + i);
		}
		this.tokens.decode("t0");
		assertThat(this.decoded).hasValue(1002);
		this.tokens.decode("t1000");
		assertThat(this.decoded).hasValue(1002);
	}

	private Jwt decode(String token) {
		this.decoded.incrementAndGet();
		if (token.equals("forged") || this.expired) {
			throw new BadJwtException("no");
		}
		return Jwt.withTokenValue(token)
			.header("alg", "RS256")
			.subject(token)
			.expiresAt(Instant.now().plusSeconds(60))
			.build();
	}

}
