package io.punctual.release.hook.receiver;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.punctual.release.hook.deployment.Secrets;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The synthetic client's receiver, behind a function URL: public, since that is where
 * webhooks may go, and closed to all that is not signed. It keeps nothing: what Punctual
 * stores of its answer is the evidence.
 */
public final class ReceiverHandler implements RequestStreamHandler {

	private static final JsonMapper JSON = new JsonMapper();

	/** Long enough to be cheap under a flood, short enough for a secret that is new. */
	private static final Duration REMEMBERED = Duration.ofSeconds(20);

	private final Supplier<String> secret;

	private final Clock clock;

	private @Nullable String remembered;

	private Instant until = Instant.MIN;

	public ReceiverHandler() {
		this(() -> Secrets.ofEnvironment().text("PUNCTUAL_RECEIVER_SECRET"), Clock.systemUTC());
	}

	ReceiverHandler(Supplier<String> secret, Clock clock) {
		this.secret = secret;
		this.clock = clock;
	}

	@Override
	public void handleRequest(InputStream input, OutputStream output, @Nullable Context context) throws IOException {
		JsonNode request = JSON.readTree(input);
		Verifier.Reply reply = new Verifier.Reply(405, "");
		if (request.at("/requestContext/http/method").asString("").equals("POST")) {
			reply = Verifier.answer(secret(), headers(request), body(request));
		}
		output.write(JSON.writeValueAsBytes(Map.of("statusCode", reply.status(), "headers",
				Map.of("Content-Type", "application/json"), "body", reply.body())));
	}

	private synchronized String secret() {
		Instant now = this.clock.instant();
		String known = this.remembered;
		if (known == null || now.isAfter(this.until)) {
			known = this.secret.get();
			this.remembered = known;
			this.until = now.plus(REMEMBERED);
		}
		return known;
	}

	private static Map<String, List<String>> headers(JsonNode request) {
		Map<String, List<String>> headers = new TreeMap<>();
		request.path("headers").forEachEntry((name, value) -> headers.put(name, List.of(value.asString(""))));
		return headers;
	}

	private static String body(JsonNode request) {
		String body = request.path("body").asString("");
		return request.path("isBase64Encoded").asBoolean(false)
				? new String(Base64.getDecoder().decode(body), StandardCharsets.UTF_8) : body;
	}

}
