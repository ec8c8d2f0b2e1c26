package io.punctual.delivery.webhook;

import java.util.List;

/**
 * A message to send.
 *
 * @param url where to
 * @param id the value of {@code webhook-id}: the same at every attempt
 * @param body the bytes
 * @param secrets what signs
 * @param correlationId sent along, so that both sides' logs meet
 */
public record WebhookRequest(String url, String id, byte[] body, List<Secret> secrets, String correlationId) {
}
