package io.punctual.delivery.endpoint;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

import io.punctual.delivery.DeliveryClock;
import io.punctual.delivery.webhook.WebhookRequest;
import io.punctual.delivery.webhook.WebhookResult;
import io.punctual.delivery.webhook.WebhookSender;
import io.punctual.shared.id.Ids;
import io.punctual.shared.observability.Correlation;
import io.punctual.shared.release.WorkGate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Challenges and tests endpoints. A challenge is passed by an answer whose JSON repeats
 * it in {@code challenge}, or that is the challenge itself.
 */
@Component
class EndpointChecker {

	private static final int MOST_ATTEMPTS = 3;

	private static final Logger logger = LoggerFactory.getLogger(EndpointChecker.class);

	private final EndpointChecks checks;

	private final Endpoints endpoints;

	private final EndpointSecrets secrets;

	private final WebhookSender sender;

	private final DeliveryClock clock;

	private final JsonMapper json;

	private final WorkGate gate;

	EndpointChecker(EndpointChecks checks, Endpoints endpoints, EndpointSecrets secrets, WebhookSender sender,
			DeliveryClock clock, JsonMapper json, WorkGate gate) {
		this.checks = checks;
		this.endpoints = endpoints;
		this.secrets = secrets;
		this.sender = sender;
		this.clock = clock;
		this.json = json;
		this.gate = gate;
	}

	@Scheduled(fixedDelay = 200)
	void work() {
		if (!this.gate.isOpen()) {
			return;
		}
		try {
			this.checks.take().forEach((check) -> Thread.startVirtualThread(() -> make(check)));
		}
		catch (RuntimeException ex) {
			logger.debug("No checks could be taken", ex);
		}
	}

	private void make(EndpointChecks.Check check) {
		try (Correlation.Scope scope = Correlation.open(null)) {
			Endpoint endpoint = this.endpoints.find(check.endpointId());
			if (endpoint == null) {
				this.checks.finish(check, "the endpoint is unknown");
				return;
			}
			String challenge = UUID.randomUUID().toString();
			WebhookResult result = this.sender.send(message(check, endpoint, challenge));
			String failure = judge(check, challenge, result);
			if (failure != null && check.attempt() < MOST_ATTEMPTS && !result.isSuccess()) {
				this.checks.again(check, this.clock.now().plusSeconds(2));
			}
			else {
				this.checks.finish(check, failure);
			}
		}
		catch (RuntimeException ex) {
			logger.warn("The check {} will be made again", check.checkId(), ex);
		}
	}

	/**
	 * Sends one challenge at once, whatever else is ordered.
	 * @param endpoint where to
	 * @return why it failed, or null if it passed
	 */
	@Nullable String challenge(Endpoint endpoint) {
		EndpointChecks.Check check = new EndpointChecks.Check(Ids.next("chk"), endpoint.endpointId(),
				endpoint.clientId(), EndpointChecks.Kind.CHALLENGE, 1);
		String challenge = UUID.randomUUID().toString();
		return judge(check, challenge, this.sender.send(message(check, endpoint, challenge)));
	}

	private WebhookRequest message(EndpointChecks.Check check, Endpoint endpoint, String challenge) {
		Instant now = this.clock.now();
		boolean test = check.kind() == EndpointChecks.Kind.TEST;
		Map<String, String> data = test ? Map.of("endpointId", endpoint.endpointId()) : Map.of("challenge", challenge);
		Body body = new Body(test ? "endpoint.test" : "endpoint.verification", now.toString(), data);
		return new WebhookRequest(endpoint.url(), check.checkId(), this.json.writeValueAsBytes(body),
				this.secrets.signing(endpoint, now), Correlation.currentOrNew());
	}

	private @Nullable String judge(EndpointChecks.Check check, String challenge, WebhookResult result) {
		if (!result.isSuccess()) {
			return result.error();
		}
		if (check.kind() == EndpointChecks.Kind.TEST || echoes(challenge, result.body())) {
			return null;
		}
		return "the challenge was not echoed";
	}

	private boolean echoes(String challenge, @Nullable String body) {
		if (body == null) {
			return false;
		}
		if (body.strip().equals(challenge)) {
			return true;
		}
		try {
			JsonNode answer = this.json.readTree(body);
			return challenge.equals(answer.path("challenge").asString(null));
		}
		catch (JacksonException ex) {
			return false;
		}
	}

	/**
	 * The message of a check.
	 */
	private record Body(String type, String timestamp, Map<String, String> data) {
	}

}
