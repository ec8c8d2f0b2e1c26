package io.punctual.sla.statement;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The hashes that chain statements: SHA-256, as 64 hexadecimal digits.
 */
final class Hashes {

	/** What comes before the first statement. */
	static final String FIRST = "0".repeat(64);

	private Hashes() {
	}

	static String of(byte[] document) {
		try {
			return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(document));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
