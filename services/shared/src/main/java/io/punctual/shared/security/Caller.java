package io.punctual.shared.security;

import java.util.Set;

import io.punctual.shared.problem.ProblemException;
import io.punctual.shared.problem.ProblemType;
import org.jspecify.annotations.Nullable;

/**
 * Who is calling; handlers take it as an argument.
 *
 * @param subject the token's subject: a machine's OAuth client or a person
 * @param scopes the token's scopes
 * @param clientId the client on whose behalf a token with the scope {@link Scopes#CLIENT}
 * calls, by its credential; null for any other token
 */
public record Caller(String subject, Set<String> scopes, @Nullable String clientId) {

	public Caller {
		scopes = Set.copyOf(scopes);
	}

	/**
	 * Whether the provider itself is calling.
	 * @return true if the token has one of the provider's scopes
	 */
	public boolean isProvider() {
		return this.scopes.contains(Scopes.PROVIDER_READ) || this.scopes.contains(Scopes.PROVIDER_WRITE);
	}

	/**
	 * Whether a client is calling, who may see its own things only.
	 * @return true if the credential belongs to a client
	 */
	public boolean isClient() {
		return this.clientId != null;
	}

	/**
	 * The client that is calling.
	 * @return its identifier
	 * @throws ProblemException 403 if no client is calling
	 */
	public String requireClientId() {
		if (this.clientId == null) {
			throw ProblemException.of(ProblemType.FORBIDDEN, "Only a client may do this.");
		}
		return this.clientId;
	}

}
