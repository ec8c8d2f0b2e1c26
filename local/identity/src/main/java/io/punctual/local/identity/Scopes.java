package io.punctual.local.identity;

import java.util.Set;

/**
 * The static scopes of the resource server {@code punctual}.
 */
final class Scopes {

	static final String PROVIDER_READ = "punctual/provider.read";

	static final String PROVIDER_WRITE = "punctual/provider.write";

	static final String CLIENT = "punctual/client";

	static final String INTERNAL = "punctual/internal";

	static final Set<String> STAFF = Set.of(PROVIDER_READ, PROVIDER_WRITE);

	/**
	 * What a client made at run time may have: never the scope between services.
	 */
	static final Set<String> GRANTABLE = Set.of(PROVIDER_READ, PROVIDER_WRITE, CLIENT);

	private Scopes() {
	}

}
