package io.punctual.notices.notice;

import io.punctual.shared.transaction.RetryableTransactionException;

/**
 * Ends a publication during which an entitlement or an agreement came into force; it is
 * tried again.
 */
class AudienceChangedException extends RetryableTransactionException {

	private static final long serialVersionUID = 1L;

	AudienceChangedException() {
		super("An entitlement or an agreement came into force during the publication");
	}

}
