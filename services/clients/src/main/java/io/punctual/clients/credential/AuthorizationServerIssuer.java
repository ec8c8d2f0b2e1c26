package io.punctual.clients.credential;

import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.punctual.shared.credential.CredentialIssuer;
import io.punctual.shared.problem.ProblemException;
import io.punctual.shared.problem.ProblemType;
import io.punctual.shared.security.Scopes;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/**
 * Asks the identity stand-in of a laptop, which has OAuth clients and API keys.
 */
class AuthorizationServerIssuer implements CredentialIssuer {

	private static final Logger logger = LoggerFactory.getLogger(AuthorizationServerIssuer.class);

	private final RestClient http;

	private final String usagePlan;

	AuthorizationServerIssuer(RestClient http, String usagePlan) {
		this.http = http;
		this.usagePlan = usagePlan;
	}

	@Override
	public Issued issue(String name) {
		try {
			return Objects.requireNonNull(this.http.post()
				.uri("/clients")
				.body(Map.of("name", name, "scopes", List.of(Scopes.CLIENT), "usagePlan", this.usagePlan))
				.retrieve()
				.body(Issued.class));
		}
		catch (RestClientException ex) {
			throw unavailable(ex);
		}
	}

	@Override
	public void withdraw(String oauthClientId, @Nullable String apiKeyId) {
		// Its key goes with it.
		try {
			this.http.delete().uri("/clients/{id}", oauthClientId).retrieve().toBodilessEntity();
		}
		catch (RestClientException ex) {
			throw unavailable(ex);
		}
	}

	private static ProblemException unavailable(RestClientException ex) {
		logger.warn("The authorization server did not do as asked: {}", ex.toString());
		return ProblemException.of(ProblemType.UNAVAILABLE, "Credentials cannot be made at the moment.");
	}

}
