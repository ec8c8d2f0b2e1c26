package io.punctual.shared.secret;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Seals with data keys that lie at hand. A sealed text is
 * {@code v1.<epoch>.<base64url of nonce and ciphertext>}. The keys are read at their
 * first use, so that a missing key file does not keep a service from starting.
 */
class AesGcmSecretBox implements SecretBox {

	private static final String VERSION = "v1";

	private final DataKeys dataKeys;

	private volatile @Nullable Map<Integer, byte[]> keys;

	AesGcmSecretBox(DataKeys dataKeys) {
		this.dataKeys = dataKeys;
	}

	@Override
	public String seal(byte[] plain, String aad) {
		Map<Integer, byte[]> known = keys();
		int epoch = Collections.max(known.keySet());
		return VERSION + '.' + epoch + '.'
				+ AesGcm.seal(Objects.requireNonNull(known.get(epoch)), plain, bound(epoch, aad));
	}

	@Override
	public byte[] open(String sealed, String aad) {
		String[] parts = sealed.split("\\.", -1);
		if (parts.length != 3 || !parts[0].equals(VERSION)) {
			throw new SecretBoxException("This is no sealed secret");
		}
		int epoch = epoch(parts[1]);
		byte[] key = keys().get(epoch);
		if (key == null) {
			throw new SecretBoxException("No key of epoch %d is known".formatted(epoch));
		}
		return AesGcm.open(key, parts[2], bound(epoch, aad));
	}

	private static String bound(int epoch, String aad) {
		return VERSION + '.' + epoch + '.' + aad;
	}

	private static int epoch(String text) {
		try {
			return Integer.parseUnsignedInt(text);
		}
		catch (NumberFormatException ex) {
			throw new SecretBoxException("This is no sealed secret", ex);
		}
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
