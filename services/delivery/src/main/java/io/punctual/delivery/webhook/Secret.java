package io.punctual.delivery.webhook;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A receiver's signing secret.
 *
 * @param key the bytes that sign
 */
public record Secret(byte[] key) {

	private static final String PREFIX = "whsec_";

	/**
	 * A secret from the bytes that were sealed: the key itself, or its text with the
	 * prefix of Standard Webhooks.
	 * @param plain the bytes
	 * @return the secret
	 */
	public static Secret of(byte[] plain) {
		String text = new String(plain, StandardCharsets.ISO_8859_1);
		if (text.startsWith(PREFIX)) {
			return new Secret(Base64.getDecoder().decode(text.substring(PREFIX.length())));
		}
		return new Secret(plain);
	}

}
