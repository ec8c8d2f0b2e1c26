package io.punctual.clients.client;

/**
 * The provider's own key for a client.
 */
public final class ExternalId {

	/** What fits one segment of a path without encoding. */
	public static final String PATTERN = "[A-Za-z0-9][A-Za-z0-9._~@:-]{0,127}";

	private ExternalId() {
	}

}
