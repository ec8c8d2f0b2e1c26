package io.punctual.shared.security;

/**
 * The static OAuth scopes.
 */
public final class Scopes {

	public static final String PROVIDER_READ = "punctual/provider.read";

	public static final String PROVIDER_WRITE = "punctual/provider.write";

	public static final String CLIENT = "punctual/client";

	/** Service to service; granted to no client. */
	public static final String INTERNAL = "punctual/internal";

	private Scopes() {
	}

}
