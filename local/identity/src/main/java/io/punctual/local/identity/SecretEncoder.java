package io.punctual.local.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import org.jspecify.annotations.Nullable;

import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * Stores secrets as their SHA-256. They are random and long, so a slow hash would protect
 * nothing and cost each token request a tenth of a second.
 */
class SecretEncoder implements PasswordEncoder {

	private static final String PREFIX = "sha256:";

	@Override
	public @Nullable String encode(@Nullable CharSequence secret) {
		return (secret != null) ? PREFIX + hex(secret) : null;
	}

	@Override
	public boolean matches(@Nullable CharSequence secret, @Nullable String encoded) {
		String expected = encode(secret);
		return expected != null && encoded != null && MessageDigest
			.isEqual(expected.getBytes(StandardCharsets.US_ASCII), encoded.getBytes(StandardCharsets.US_ASCII));
	}

	static String hex(CharSequence text) {
		return HexFormat.of().formatHex(digest(text));
	}

	static byte[] digest(CharSequence text) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
