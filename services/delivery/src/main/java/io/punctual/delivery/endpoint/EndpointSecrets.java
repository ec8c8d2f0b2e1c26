package io.punctual.delivery.endpoint;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.punctual.delivery.webhook.Secret;
import io.punctual.shared.contract.EndpointUpserted;
import io.punctual.shared.secret.SecretBox;

import org.springframework.stereotype.Component;

/**
 * Opens the secrets of endpoints, and keeps the opened ones in memory only.
 */
@Component
public class EndpointSecrets {

	private static final int MOST_KEPT = 50_000;

	private final SecretBox box;

	private final Map<String, Secret> opened = new ConcurrentHashMap<>();

	EndpointSecrets(SecretBox box) {
		this.box = box;
	}

	/**
	 * What signs for an endpoint at an instant, the newest first: during a rotation the
	 * former secret signs too.
	 */
	public List<Secret> signing(Endpoint endpoint, Instant now) {
		return endpoint.secrets()
			.stream()
			.filter((secret) -> secret.signsUntil() == null || now.isBefore(secret.signsUntil()))
			.sorted(Comparator.comparing(EndpointUpserted.Secret::createdAt).reversed())
			.map((secret) -> open(endpoint, secret))
			.toList();
	}

	private Secret open(Endpoint endpoint, EndpointUpserted.Secret secret) {
		if (this.opened.size() > MOST_KEPT) {
			this.opened.clear();
		}
		return this.opened.computeIfAbsent(secret.sealed(),
				(sealed) -> Secret.of(this.box.open(sealed, endpoint.endpointId() + "/" + secret.secretId())));
	}

}
