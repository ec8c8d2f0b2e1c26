package io.punctual.shared.security;

import java.net.URI;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where tokens come from, and the service's own credential.
 *
 * @param issuer the issuer that tokens must name, exactly
 * @param jwksUri where its keys are; by default {@code /oauth2/jwks} of the issuer
 * @param tokenUri where the service gets its own tokens; by default {@code /oauth2/token}
 * of the issuer
 * @param clientId the service's OAuth client, with the scope {@code punctual/internal}
 * @param clientSecret the secret of that OAuth client
 */
@ConfigurationProperties("punctual.identity")
public record IdentityProperties(@DefaultValue("http://localhost:9000") String issuer, @Nullable URI jwksUri,
		@Nullable URI tokenUri, @Nullable String clientId, @Nullable String clientSecret) {

	public URI keys() {
		return (this.jwksUri != null) ? this.jwksUri : URI.create(this.issuer + "/oauth2/jwks");
	}

	public URI tokens() {
		return (this.tokenUri != null) ? this.tokenUri : URI.create(this.issuer + "/oauth2/token");
	}

	@Override
	public String toString() {
		return "IdentityProperties[issuer=" + this.issuer + ", clientId=" + this.clientId + "]";
	}

}
