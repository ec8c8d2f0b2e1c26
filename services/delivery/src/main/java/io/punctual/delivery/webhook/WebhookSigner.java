package io.punctual.delivery.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs as Standard Webhooks 1.0.0 says: HMAC-SHA256 over id, timestamp and body, one
 * signature for each secret that still signs.
 */
public final class WebhookSigner {

	private static final String ALGORITHM = "HmacSHA256";

	private WebhookSigner() {
	}

	/**
	 * The value of {@code webhook-signature}.
	 * @param id the value of {@code webhook-id}
	 * @param timestamp the attempt's instant; whole seconds are signed
	 * @param body the bytes that are sent
	 * @param secrets the newest first
	 * @return the signatures, separated by a space
	 */
	public static String sign(String id, Instant timestamp, byte[] body, List<Secret> secrets) {
		byte[] head = (id + '.' + timestamp.getEpochSecond() + '.').getBytes(StandardCharsets.UTF_8);
		return secrets.stream().map((secret) -> signature(secret, head, body)).collect(Collectors.joining(" "));
	}

	private static String signature(Secret secret, byte[] head, byte[] body) {
		try {
			Mac mac = Mac.getInstance(ALGORITHM);
			mac.init(new SecretKeySpec(secret.key(), ALGORITHM));
			mac.update(head);
			return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
