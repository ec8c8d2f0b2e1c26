package io.punctual.shared.secret;

/**
 * Seals secrets so that tables, logs and events hold ciphertext only (AES-256-GCM, NIST
 * SP 800-38D).
 */
public interface SecretBox {

	/**
	 * Seal a secret.
	 * @param plain the secret
	 * @param aad what it belongs to; it opens for nothing else
	 * @return text of ASCII
	 */
	String seal(byte[] plain, String aad);

	/**
	 * Open what {@link #seal} has sealed, with any key that the key file still holds.
	 * @param sealed the sealed text
	 * @param aad what it belongs to
	 * @return the secret
	 * @throws SecretBoxException if it was not sealed here for this, or its key is gone
	 */
	byte[] open(String sealed, String aad);

}
