package io.punctual.shared.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.http.MediaType;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/**
 * Gets the service's own token with its client credentials (RFC 6749, 4.4) and keeps it
 * until shortly before it expires.
 */
class ClientCredentialsTokens implements ServiceTokens {

	private static final Logger logger = LoggerFactory.getLogger(ClientCredentialsTokens.class);

	private static final Duration MARGIN = Duration.ofMinutes(2);

	/**
	 * A token younger than this is not the reason that somebody refuses it, and the
	 * issuer is paid for each.
	 */
	private static final Duration NEW = Duration.ofMinutes(1);

	private final IdentityProperties identity;

	private final RestClient http;

	private final Clock clock;

	private final ReentrantLock lock = new ReentrantLock();

	private volatile @Nullable Token token;

	ClientCredentialsTokens(IdentityProperties identity, RestClient http) {
		this(identity, http, Clock.systemUTC());
	}

	ClientCredentialsTokens(IdentityProperties identity, RestClient http, Clock clock) {
		this.identity = identity;
		this.http = http;
		this.clock = clock;
	}

	@Override
	public String token() {
		Token present = this.token;
		if (present != null && this.clock.instant().isBefore(present.refreshAt())) {
			return present.value();
		}
		this.lock.lock();
		try {
			present = this.token;
			if (present != null && this.clock.instant().isBefore(present.refreshAt())) {
				return present.value();
			}
			return fetch(present);
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public void forget() {
		Token present = this.token;
		if (present != null && this.clock.instant().isAfter(present.fetchedAt().plus(NEW))) {
			this.token = null;
		}
	}

	private String fetch(@Nullable Token former) {
		Instant now = this.clock.instant();
		try {
			Token fetched = request(now);
			this.token = fetched;
			return fetched.value();
		}
		catch (RestClientException ex) {
			if (former != null && now.isBefore(former.expiresAt())) {
				logger.warn("The issuer gives no new token, the present one is still valid: {}", ex.getMessage());
				return former.value();
			}
			throw ex;
		}
	}

	private Token request(Instant now) {
		String id = this.identity.clientId();
		String secret = this.identity.clientSecret();
		if (id == null || secret == null) {
			throw new IllegalStateException(
					"Set punctual.identity.client-id and punctual.identity.client-secret: the service's own credential");
		}
		MultiValueMap<String, String> form = new LinkedMultiValueMap<>();
		form.add("grant_type", "client_credentials");
		form.add("scope", Scopes.INTERNAL);
		TokenAnswer answer = this.http.post()
			.uri(this.identity.tokens())
			.headers((headers) -> headers.setBasicAuth(id, secret))
			.contentType(MediaType.APPLICATION_FORM_URLENCODED)
			.accept(MediaType.APPLICATION_JSON)
			.body(form)
			.retrieve()
			.body(TokenAnswer.class);
		if (answer == null || answer.accessToken() == null) {
			throw new RestClientException("The issuer's answer has no access_token");
		}
		Instant expiresAt = now.plusSeconds(answer.expiresIn());
		Instant refreshAt = expiresAt.minus(MARGIN);
		// A token that lives shorter than the margin is kept for half of its life.
		return new Token(answer.accessToken(), now,
				(refreshAt.isAfter(now)) ? refreshAt : now.plusSeconds(answer.expiresIn() / 2), expiresAt);
	}

	/**
	 * A token with its times.
	 */
	private record Token(String value, Instant fetchedAt, Instant refreshAt, Instant expiresAt) {
	}

	/**
	 * What a token endpoint answers.
	 */
	@JsonIgnoreProperties(ignoreUnknown = true)
	private record TokenAnswer(@JsonProperty("access_token") @Nullable String accessToken,
			@JsonProperty("expires_in") long expiresIn) {
	}

}
