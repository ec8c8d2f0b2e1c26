package io.punctual.local.identity;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the identity provider is told by its environment.
 *
 * @param issuer the issuer that tokens carry
 * @param keyFile the signing key, made if absent
 * @param admin who may make and delete machine clients
 * @param staff the person who can sign in
 * @param bootstrap machine clients that exist from the start, by any name
 */
@ConfigurationProperties("punctual.identity")
record IdentityProperties(String issuer, Path keyFile, @DefaultValue Admin admin, @DefaultValue Staff staff,
		@DefaultValue Map<String, Bootstrap> bootstrap) {

	/**
	 * The administrator's credential.
	 *
	 * @param token the bearer token; nobody may administer without one
	 * @param remote whether callers from beyond the loopback interface may, too
	 */
	record Admin(@Nullable String token, @DefaultValue("false") boolean remote) {

		@Override
		public String toString() {
			return "Admin[]";
		}

	}

	/**
	 * The one local person.
	 *
	 * @param username the name to sign in with
	 * @param password the password; nobody can sign in without one
	 * @param redirectUris where an authorization code may be sent
	 */
	record Staff(@DefaultValue("staff") String username, @Nullable String password,
			@DefaultValue("http://127.0.0.1:8080/callback") List<String> redirectUris) {

		@Override
		public String toString() {
			return "Staff[username=" + this.username + "]";
		}

	}

	/**
	 * A machine client given by configuration.
	 *
	 * @param clientId its id
	 * @param clientSecret its secret
	 * @param scopes what its tokens may carry
	 */
	record Bootstrap(String clientId, String clientSecret, Set<String> scopes) {

		@Override
		public String toString() {
			return "Bootstrap[clientId=" + this.clientId + "]";
		}

	}

}
