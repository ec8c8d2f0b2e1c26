package io.punctual.local.edge.authorizer;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.punctual.local.edge.document.DocumentException;
import io.punctual.local.edge.document.GatewayApi;
import io.punctual.local.edge.document.Operation;
import io.punctual.local.edge.document.Operation.Authorizer;
import io.punctual.local.edge.document.Settings;
import io.punctual.local.edge.gateway.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * The document's authorizers, each with its issuer: what the edge was told, or else what
 * the user pool's ARN says.
 */
public final class Authorizers {

	private static final Pattern POOL = Pattern.compile("arn:aws:cognito-idp:([a-z0-9-]+):\\d+:userpool/(\\S+)");

	private static final Pattern VARIABLE = Pattern.compile("\\$\\{?stageVariables\\.([A-Za-z0-9_]+)}?");

	private final Map<Authorizer, TokenAuthorizer> byDefinition = new HashMap<>();

	/**
	 * @param issuer goes before what the document says; null to take that
	 * @param jwksUri null to take {@code /oauth2/jwks}, or {@code /.well-known/jwks.json}
	 * of a Cognito pool
	 */
	public Authorizers(GatewayApi api, Settings settings, @Nullable String issuer, @Nullable String jwksUri) {
		for (Operation operation : api.operations()) {
			Authorizer authorizer = operation.authorizer();
			if (authorizer != null) {
				this.byDefinition.computeIfAbsent(authorizer, (key) -> create(key, settings, issuer, jwksUri));
			}
		}
	}

	private static TokenAuthorizer create(Authorizer authorizer, Settings settings, @Nullable String issuer,
			@Nullable String jwksUri) {
		String provider = VARIABLE.matcher(authorizer.providers().getFirst())
			.replaceAll((match) -> Matcher.quoteReplacement(settings.variables().getOrDefault(match.group(1), "")));
		String told = (issuer != null) ? issuer : settings.issuer();
		Matcher pool = POOL.matcher(provider);
		String from;
		if (told != null) {
			from = told;
		}
		else if (pool.matches()) {
			from = "https://cognito-idp." + pool.group(1) + ".amazonaws.com/" + pool.group(2);
		}
		else if (provider.startsWith("http")) {
			from = provider;
		}
		else {
			throw new DocumentException("Authorizer '" + authorizer.name() + "': '" + provider
					+ "' is no user pool's ARN; set punctual.edge.issuer");
		}
		String path = from.contains("cognito-idp.") ? "/.well-known/jwks.json" : "/oauth2/jwks";
		return new TokenAuthorizer(from, (jwksUri != null) ? jwksUri : from + path, Clock.systemUTC());
	}

	public void authorize(Exchange exchange) {
		Operation operation = exchange.operation();
		Authorizer definition = operation.authorizer();
		TokenAuthorizer authorizer = (definition != null) ? this.byDefinition.get(definition) : null;
		if (definition != null && authorizer != null) {
			Set<String> scopes = operation.scopes();
			exchange.claims(authorizer.authorize(exchange.headers().get(definition.header()), scopes));
		}
	}

}
