package io.punctual.shared.secret;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;

import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;

/**
 * AES-256-GCM with a random nonce. A sealed text is
 * {@code v1.<epoch>.<base64url of nonce and ciphertext>}. The keys are read at their
 * first use, so that a missing key file does not keep a service from starting.
 */
class AesGcmSecretBox implements SecretBox {

	private static final String VERSION = "v1";

	private static final int NONCE_BYTES = 12;

	private static final int TAG_BITS = 128;

	private final SecureRandom random = new SecureRandom();

	private final DataKeys dataKeys;

	private volatile @Nullable Map<Integer, byte[]> keys;

	AesGcmSecretBox(DataKeys dataKeys) {
		this.dataKeys = dataKeys;
	}

	@Override
	public String seal(byte[] plain, String aad) {
		Map<Integer, byte[]> known = keys();
		int epoch = Collections.max(known.keySet());
		byte[] nonce = new byte[NONCE_BYTES];
		this.random.nextBytes(nonce);
		try {
			byte[] sealed = cipher(Cipher.ENCRYPT_MODE, Objects.requireNonNull(known.get(epoch)), nonce, epoch, aad)
				.doFinal(plain);
			byte[] all = ByteBuffer.allocate(nonce.length + sealed.length).put(nonce).put(sealed).array();
			return VERSION + '.' + epoch + '.' + Base64.getUrlEncoder().withoutPadding().encodeToString(all);
		}
		catch (GeneralSecurityException ex) {
			throw new SecretBoxException("A secret could not be sealed", ex);
		}
	}

	@Override
	public byte[] open(String sealed, String aad) {
		String[] parts = sealed.split("\\.", -1);
		if (parts.length != 3 || !parts[0].equals(VERSION)) {
			throw new SecretBoxException("This is no sealed secret");
		}
		try {
			int epoch = Integer.parseUnsignedInt(parts[1]);
			byte[] key = keys().get(epoch);
			byte[] all = Base64.getUrlDecoder().decode(parts[2]);
			if (key == null || all.length <= NONCE_BYTES) {
				throw new SecretBoxException("No key of epoch %d is known, or the secret is cut".formatted(epoch));
			}
			return cipher(Cipher.DECRYPT_MODE, key, Arrays.copyOf(all, NONCE_BYTES), epoch, aad).doFinal(all,
					NONCE_BYTES, all.length - NONCE_BYTES);
		}
		catch (IllegalArgumentException | GeneralSecurityException ex) {
			throw new SecretBoxException("A sealed secret does not open", ex);
		}
	}

	private static Cipher cipher(int mode, byte[] key, byte[] nonce, int epoch, String aad)
			throws GeneralSecurityException {
		Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
		cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
		cipher.updateAAD((VERSION + '.' + epoch + '.' + aad).getBytes(StandardCharsets.UTF_8));
		return cipher;
	}

	private Map<Integer, byte[]> keys() {
		Map<Integer, byte[]> known = this.keys;
		if (known == null) {
			known = Map.copyOf(this.dataKeys.load());
			this.keys = known;
		}
		return known;
	}

}
