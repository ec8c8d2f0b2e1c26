package io.punctual.sla;

import java.time.Duration;
import java.util.concurrent.Callable;

import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.test.web.servlet.client.RestTestClient;

/**
 * What the service answers, read as JSON, and how long a story waits for it.
 */
public final class Answers {

	private static final JsonMapper JSON = new JsonMapper();

	private Answers() {
	}

	/** What a caller reads who may. */
	public static JsonNode get(RestTestClient caller, String path) {
		return of(caller.get().uri(path), 200);
	}

	/** What a request is answered with, of which the status is known. */
	public static JsonNode of(RestTestClient.RequestHeadersSpec<?> request, int status) {
		return JSON.readTree(
				request.exchange().expectStatus().isEqualTo(status).expectBody().returnResult().getResponseBody());
	}

	public static void await(Callable<Boolean> condition) {
		Awaitility.await().atMost(Duration.ofSeconds(60)).until(condition);
	}

}
