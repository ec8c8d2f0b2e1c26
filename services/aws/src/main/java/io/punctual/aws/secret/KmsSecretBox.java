package io.punctual.aws.secret;

import io.punctual.shared.secret.AesGcm;
import io.punctual.shared.secret.SecretBox;
import io.punctual.shared.secret.SecretBoxException;

/**
 * Seals with a data key that KMS has wrapped. A sealed text is
 * {@code v2.<wrapped data key>.<base64url of nonce and ciphertext>}: whoever may ask KMS
 * can open it, and needs nothing else.
 */
final class KmsSecretBox implements SecretBox {

	private static final String VERSION = "v2";

	private final KmsDataKeys keys;

	KmsSecretBox(KmsDataKeys keys) {
		this.keys = keys;
	}

	@Override
	public String seal(byte[] plain, String aad) {
		DataKey key = this.keys.present();
		return VERSION + '.' + key.wrapped() + '.' + AesGcm.seal(key.plain(), plain, bound(key.wrapped(), aad));
	}

	@Override
	public byte[] open(String sealed, String aad) {
		String[] parts = sealed.split("\\.", -1);
		if (parts.length != 3 || !parts[0].equals(VERSION)) {
			throw new SecretBoxException("This is no secret sealed with a key of KMS");
		}
		return AesGcm.open(this.keys.unwrap(parts[1]), parts[2], bound(parts[1], aad));
	}

	private static String bound(String wrapped, String aad) {
		return VERSION + '.' + wrapped + '.' + aad;
	}

}
