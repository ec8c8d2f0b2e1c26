package io.punctual.notices.audience;

import java.util.List;

/**
 * Is told of entitlements in the transaction that adds them to the replica.
 */
@FunctionalInterface
public interface GrantListener {

	/**
	 * Looks whether something that was said already concerns them.
	 * @param grants the entitlements, in the replica by now
	 */
	void granted(List<Grant> grants);

}
