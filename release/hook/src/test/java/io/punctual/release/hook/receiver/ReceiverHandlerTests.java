package io.punctual.release.hook.receiver;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import com.standardwebhooks.Webhook;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The receiver, called as a function URL calls it.
 */
class ReceiverHandlerTests {

	private static final JsonMapper JSON = new JsonMapper();

	private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

	private final List<String> reads = new ArrayList<>();

	private final ReceiverHandler receiver = new ReceiverHandler(() -> {
		this.reads.add("read");
		return SECRET;
	}, Clock.fixed(Instant.now(), ZoneOffset.UTC));

	private JsonNode send(ReceiverHandler receiver, String method, String body, String signedBody, boolean base64)
			throws Exception {
		long now = Instant.now().getEpochSecond();
		String signature = new Webhook(SECRET).sign("upd_1", now, signedBody);
		return call(receiver,
				Map.of("requestContext", Map.of("http", Map.of("method", method)), "headers",
						Map.of("webhook-id", "upd_1", "webhook-timestamp", String.valueOf(now), "webhook-signature",
								signature),
						"body",
						base64 ? Base64.getEncoder().encodeToString(body.getBytes(StandardCharsets.UTF_8)) : body,
						"isBase64Encoded", base64));
	}

	private JsonNode call(ReceiverHandler receiver, Map<String, Object> event) throws IOException {
		ByteArrayOutputStream output = new ByteArrayOutputStream();
		receiver.handleRequest(new ByteArrayInputStream(JSON.writeValueAsBytes(event)), output, null);
		return JSON.readTree(output.toByteArray());
	}

	@Test
	void acceptsWhatIsSigned() throws Exception {
		String body = "{\"type\":\"update.published\",\"data\":{}}";
		assertThat(send(this.receiver, "POST", body, body, false).path("statusCode").asInt()).isEqualTo(204);
		assertThat(send(this.receiver, "POST", body, body, true).path("statusCode").asInt()).isEqualTo(204);
	}

	@Test
	void echoesAChallenge() throws Exception {
		String body = "{\"type\":\"endpoint.verification\",\"data\":{\"challenge\":\"c-1\"}}";
		JsonNode reply = send(this.receiver, "POST", body, body, false);
		assertThat(reply.path("statusCode").asInt()).isEqualTo(200);
		assertThat(reply.path("body").asString()).isEqualTo("{\"challenge\":\"c-1\"}");
	}

	@Test
	void refusesAnotherBodyThanTheSignedOne() throws Exception {
		assertThat(send(this.receiver, "POST", "{\"data\":{\"a\":1}}", "{\"data\":{\"a\":2}}", false).path("statusCode")
			.asInt()).isEqualTo(401);
	}

	@Test
	void refusesAnEmptyRequestAndAnyOtherMethod() throws Exception {
		assertThat(call(this.receiver, Map.of("requestContext", Map.of("http", Map.of("method", "POST"))))
			.path("statusCode")
			.asInt()).isEqualTo(401);
		assertThat(send(this.receiver, "GET", "{}", "{}", false).path("statusCode").asInt()).isEqualTo(405);
	}

	@Test
	void asksForTheSecretOnceInAWhileOnly() throws Exception {
		String body = "{\"data\":{}}";
		send(this.receiver, "POST", body, body, false);
		send(this.receiver, "POST", body, body, false);
		assertThat(this.reads).hasSize(1);
	}

	@Test
	void takesANewSecretSoon() throws Exception {
		Instant[] now = { Instant.now() };
		Clock clock = InstantSource.system().withZone(ZoneOffset.UTC);
		Clock moving = new Clock() {

			@Override
			public Instant instant() {
				return now[0];
			}

			@Override
			public java.time.ZoneId getZone() {
				return clock.getZone();
			}

			@Override
			public Clock withZone(java.time.ZoneId zone) {
				return this;
			}

		};
		ReceiverHandler receiver = new ReceiverHandler(() -> {
			this.reads.add("read");
			return SECRET;
		}, moving);
		String body = "{\"data\":{}}";
		send(receiver, "POST", body, body, false);
		now[0] = now[0].plus(Duration.ofSeconds(21));
		send(receiver, "POST", body, body, false);
		assertThat(this.reads).hasSize(2);
	}

}
