package io.punctual.shared.target;

/**
 * A name resolves to an address that nothing may be sent to.
 */
public class ForbiddenAddressException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	ForbiddenAddressException(String host) {
		super("The name " + host + " resolves to an address that is not public");
	}

}
