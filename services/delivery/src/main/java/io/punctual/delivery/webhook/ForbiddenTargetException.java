package io.punctual.delivery.webhook;

import java.net.UnknownHostException;

/**
 * The name resolves to an address that nothing may be sent to.
 */
class ForbiddenTargetException extends UnknownHostException {

	ForbiddenTargetException(String host) {
		super(host + " resolves to an address that is not public");
	}

}
