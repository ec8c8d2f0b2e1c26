package io.punctual.shared.secret;

import java.util.Map;

/**
 * The data keys, one for each epoch: on AWS unwrapped by KMS, on a laptop from a file.
 */
@FunctionalInterface
interface DataKeys {

	/**
	 * Return the keys by their epochs, of which the highest seals.
	 * @return epoch to 32 bytes, at least one
	 */
	Map<Integer, byte[]> load();

}
