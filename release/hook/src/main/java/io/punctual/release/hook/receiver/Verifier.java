package io.punctual.release.hook.receiver;

import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A client's side of a webhook: nothing is accepted but what an off-the-shelf library has
 * verified, a challenge is echoed.
 */
public final class Verifier {

	private static final JsonMapper JSON = new JsonMapper();

	private Verifier() {
	}

	/**
	 * Answers a webhook.
	 * @param secret the endpoint's signing secret
	 * @param headers the request's headers
	 * @param body its body, as it came
	 * @return 401 for a signature that is not right, else 200 or 204
	 */
	public static Reply answer(String secret, Map<String, List<String>> headers, String body) {
		try {
			new Webhook(secret).verify(body, HttpHeaders.of(headers, (name, value) -> true));
			JsonNode challenge = JSON.readTree(body).path("data").path("challenge");
			return challenge.isString()
					? new Reply(200, JSON.writeValueAsString(Map.of("challenge", challenge.asString())))
					: new Reply(204, "");
		}
		catch (WebhookVerificationException | EmptyWebhookSecretException | JacksonException ex) {
			return new Reply(401, "");
		}
	}

	/**
	 * What is answered.
	 */
	public record Reply(int status, String body) {
	}

}
