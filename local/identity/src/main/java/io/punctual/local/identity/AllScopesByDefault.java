package io.punctual.local.identity;

import java.util.Map;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientCredentialsAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.web.authentication.OAuth2ClientCredentialsAuthenticationConverter;
import org.springframework.security.web.authentication.AuthenticationConverter;

/**
 * A request for a machine's token that names no scope gets all of the client's, as at
 * Cognito.
 */
class AllScopesByDefault implements AuthenticationConverter {

	private final OAuth2ClientCredentialsAuthenticationConverter converter = new OAuth2ClientCredentialsAuthenticationConverter();

	@Override
	public @Nullable Authentication convert(HttpServletRequest request) {
		Authentication converted = this.converter.convert(request);
		if (converted instanceof OAuth2ClientCredentialsAuthenticationToken token && token.getScopes().isEmpty()
				&& token.getPrincipal() instanceof OAuth2ClientAuthenticationToken caller) {
			RegisteredClient client = caller.getRegisteredClient();
			if (client != null) {
				return new OAuth2ClientCredentialsAuthenticationToken(caller, client.getScopes(), Map.of());
			}
		}
		return converted;
	}

}
