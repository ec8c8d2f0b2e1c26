package io.punctual.shared.secret;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;

import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GCM with a random nonce, as text: base64url of nonce, ciphertext and tag. What
 * a {@link SecretBox} seals with once it has a data key.
 */
public final class AesGcm {

	/** A key's length. */
	public static final int KEY_BYTES = 32;

	private static final int NONCE_BYTES = 12;

	private static final int TAG_BITS = 128;

	private static final SecureRandom RANDOM = new SecureRandom();

	private AesGcm() {
	}

	/**
	 * Encrypt.
	 * @param key 32 bytes
	 * @param plain what is secret
	 * @param aad what it is bound to
	 * @return base64url, without padding
	 */
	public static String seal(byte[] key, byte[] plain, String aad) {
		byte[] nonce = new byte[NONCE_BYTES];
		RANDOM.nextBytes(nonce);
		try {
			byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key, nonce, aad).doFinal(plain);
			byte[] all = ByteBuffer.allocate(nonce.length + sealed.length).put(nonce).put(sealed).array();
			return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
		}
		catch (GeneralSecurityException ex) {
			throw new SecretBoxException("A secret could not be sealed", ex);
		}
	}

	/**
	 * Decrypt what {@link #seal} made.
	 * @param key the same key
	 * @param sealed the text
	 * @param aad what it is bound to
	 * @return what was secret
	 * @throws SecretBoxException if the text was changed, or the key or {@code aad} is
	 * another
	 */
	public static byte[] open(byte[] key, String sealed, String aad) {
		try {
			byte[] all = Base64.getUrlDecoder().decode(sealed);
			if (all.length <= NONCE_BYTES) {
				throw new SecretBoxException("A sealed secret is cut");
			}
			return cipher(Cipher.DECRYPT_MODE, key, Arrays.copyOf(all, NONCE_BYTES), aad).doFinal(all, NONCE_BYTES,
					all.length - NONCE_BYTES);
		}
		catch (IllegalArgumentException | GeneralSecurityException ex) {
			throw new SecretBoxException("A sealed secret does not open", ex);
		}
	}

	private static Cipher cipher(int mode, byte[] key, byte[] nonce, String aad) throws GeneralSecurityException {
		Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
		cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
		cipher.updateAAD(aad.getBytes(StandardCharsets.UTF_8));
		return cipher;
	}

}
