package io.punctual.aws.secret;

import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

import io.punctual.shared.secret.AesGcm;
import io.punctual.shared.secret.SecretBoxException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyResponse;

/**
 * The data keys that KMS makes and unwraps. Each is used for a day by the process that
 * had it made; those of others are unwrapped once and remembered.
 */
final class KmsDataKeys {

	private static final Logger logger = LoggerFactory.getLogger(KmsDataKeys.class);

	private static final Duration EPOCH = Duration.ofDays(1);

	private static final int MOST_REMEMBERED = 1000;

	/** A wrapped key is unwrapped for nothing but this, and CloudTrail shows it. */
	private static final Map<String, String> CONTEXT = Map.of("punctual", "secrets");

	private final KmsClient kms;

	private final String keyId;

	private final Clock clock;

	private final ReentrantLock lock = new ReentrantLock();

	private final Map<String, byte[]> unwrapped = new LinkedHashMap<>(16, 0.75f, true) {
		@Override
		protected boolean removeEldestEntry(Map.Entry<String, byte[]> eldest) {
			return size() > MOST_REMEMBERED;
		}
	};

	private @Nullable DataKey present;

	KmsDataKeys(KmsClient kms, String keyId, Clock clock) {
		this.kms = kms;
		this.keyId = keyId;
		this.clock = clock;
	}

	/** The key that seals now; the former one while KMS makes no other. */
	DataKey present() {
		this.lock.lock();
		try {
			DataKey known = this.present;
			if (known != null && this.clock.instant().isBefore(known.until())) {
				return known;
			}
			DataKey made = make(known);
			this.present = made;
			return made;
		}
		finally {
			this.lock.unlock();
		}
	}

	private DataKey make(@Nullable DataKey former) {
		try {
			GenerateDataKeyResponse answer = this.kms.generateDataKey(
					(request) -> request.keyId(this.keyId).numberOfBytes(AesGcm.KEY_BYTES).encryptionContext(CONTEXT));
			return new DataKey(answer.plaintext().asByteArray(),
					Base64.getUrlEncoder().withoutPadding().encodeToString(answer.ciphertextBlob().asByteArray()),
					this.clock.instant().plus(EPOCH));
		}
		catch (SdkException ex) {
			if (former != null) {
				logger.warn("KMS makes no data key, the former one is used further: {}", ex.getMessage());
				return former;
			}
			throw new SecretBoxException("KMS makes no data key", ex);
		}
	}

	/** Another key of this or another process, by what KMS wrapped. */
	byte[] unwrap(String wrapped) {
		this.lock.lock();
		try {
			byte[] known = this.unwrapped.get(wrapped);
			if (known != null) {
				return known;
			}
		}
		finally {
			this.lock.unlock();
		}
		// Not under the lock: one key that KMS is slow with must not hold up the others.
		byte[] key = ask(wrapped);
		this.lock.lock();
		try {
			this.unwrapped.put(wrapped, key);
		}
		finally {
			this.lock.unlock();
		}
		return key;
	}

	private byte[] ask(String wrapped) {
		try {
			SdkBytes blob = SdkBytes.fromByteArray(Base64.getUrlDecoder().decode(wrapped));
			return this.kms
				.decrypt((request) -> request.keyId(this.keyId).ciphertextBlob(blob).encryptionContext(CONTEXT))
				.plaintext()
				.asByteArray();
		}
		catch (IllegalArgumentException | SdkException ex) {
			throw new SecretBoxException("KMS does not unwrap a data key", ex);
		}
	}

}
