package io.punctual.shared.security;

/**
 * The service's own access token, with the scope {@link Scopes#INTERNAL}, for calls to
 * other services.
 */
public interface ServiceTokens {

	/**
	 * A token that is valid for a while; asks the issuer only when the last one is about
	 * to expire.
	 * @return the value for {@code Authorization: Bearer}
	 * @throws org.springframework.web.client.RestClientException if the issuer cannot be
	 * reached or refuses
	 */
	String token();

	/**
	 * Ask the issuer again at the next call: the last token was refused, perhaps because
	 * the issuer has other keys now. One that has just been fetched is kept.
	 */
	default void forget() {
	}

}
