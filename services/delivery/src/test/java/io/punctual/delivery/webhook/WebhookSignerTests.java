package io.punctual.delivery.webhook;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import com.standardwebhooks.Webhook;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

class WebhookSignerTests {

	private static final byte[] BODY = "{\"text\":\"Störung \"}".getBytes(StandardCharsets.UTF_8);

	@TestFactory
	List<DynamicTest> signsAsTheReferenceDoes() throws IOException {
		List<DynamicTest> tests = new ArrayList<>();
		try (InputStream in = getClass().getResourceAsStream("/standard-webhooks-vectors.json")) {
			for (JsonNode vector : JsonMapper.shared().readTree(in).get("vectors")) {
				if ("valid".equals(vector.get("expect").asString())) {
					tests.add(DynamicTest.dynamicTest(vector.get("name").asString(), () -> verify(vector)));
				}
			}
		}
		assertThat(tests).hasSize(17);
		return tests;
	}

	@Test
	void theOffTheShelfLibraryAcceptsBothSecretsOfARotation() {
		String older = secret("an older secret, long enough.");
		String newer = secret("a newer secret, long enough..");
		Instant now = Instant.now();
		String signature = WebhookSigner.sign("upd_1", now, BODY,
				List.of(Secret.of(newer.getBytes(StandardCharsets.US_ASCII)),
						Secret.of(older.getBytes(StandardCharsets.US_ASCII))));
		HttpHeaders headers = HttpHeaders.of(
				Map.of("webhook-id", List.of("upd_1"), "webhook-timestamp",
						List.of(Long.toString(now.getEpochSecond())), "webhook-signature", List.of(signature)),
				(name, value) -> true);
		for (String secret : List.of(older, newer)) {
			assertThatCode(() -> new Webhook(secret).verify(new String(BODY, StandardCharsets.UTF_8), headers))
				.doesNotThrowAnyException();
		}
	}

	private static String secret(String text) {
		return "whsec_" + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
	}

	private static void verify(JsonNode vector) {
		JsonNode headers = vector.get("headers");
		byte[] body = vector.has("bodyBase64") ? Base64.getDecoder().decode(vector.get("bodyBase64").asString())
				: vector.get("body").asString().getBytes(StandardCharsets.UTF_8);
		String signature = WebhookSigner.sign(header(headers, "webhook-id"),
				Instant.ofEpochSecond(Long.parseLong(header(headers, "webhook-timestamp"))), body,
				List.of(Secret.of(prefixed(vector.get("secret").asString()).getBytes(StandardCharsets.UTF_8))));
		assertThat(header(headers, "webhook-signature").split(" ")).contains(signature);
	}

	/** A receiver may keep its secret without the prefix. */
	private static String prefixed(String secret) {
		return secret.startsWith("whsec_") ? secret : "whsec_" + secret;
	}

	private static String header(JsonNode headers, String name) {
		return headers.properties()
			.stream()
			.filter((entry) -> entry.getKey().equalsIgnoreCase(name))
			.findFirst()
			.orElseThrow()
			.getValue()
			.asString();
	}

}
