package io.punctual.local.identity;

import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.stereotype.Component;

/**
 * Gives access tokens the claims that Amazon Cognito's have, and no others.
 */
@Component
class CognitoClaims implements OAuth2TokenCustomizer<JwtEncodingContext> {

	@Override
	public void customize(JwtEncodingContext context) {
		if (!OAuth2TokenType.ACCESS_TOKEN.equals(context.getTokenType())) {
			return;
		}
		Set<String> scopes = new TreeSet<>(context.getAuthorizedScopes());
		String clientId = context.getRegisteredClient().getClientId();
		Authentication principal = context.getPrincipal();
		String person = (principal != null && !principal.getName().equals(clientId)) ? principal.getName() : null;
		context.getClaims().claims((claims) -> {
			claims.remove("aud");
			claims.remove("nbf");
			claims.put("token_use", "access");
			claims.put("scope", String.join(" ", scopes));
			claims.put("client_id", clientId);
			claims.put("auth_time", Instant.now().getEpochSecond());
			claims.put("version", 2);
			claims.put("jti", UUID.randomUUID().toString());
			if (person != null) {
				claims.put("username", person);
			}
		});
	}

}
