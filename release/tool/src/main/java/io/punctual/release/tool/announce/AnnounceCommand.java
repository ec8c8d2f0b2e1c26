package io.punctual.release.tool.announce;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import io.punctual.release.tool.Command;
import io.punctual.release.tool.Documents;
import io.punctual.release.tool.Options;
import io.punctual.release.tool.ReleaseException;

/**
 * Publishes a notice of kind RELEASE for a version's tag. The tag is the idempotency key:
 * a pipeline that runs again says nothing twice.
 */
public final class AnnounceCommand implements Command {

	private final Map<String, String> variables;

	public AnnounceCommand() {
		this(System.getenv());
	}

	AnnounceCommand(Map<String, String> variables) {
		this.variables = variables;
	}

	@Override
	public boolean run(Options options) throws InterruptedException {
		String tag = options.need("tag");
		String text = options.need("text").isBlank() ? "Version " + tag + " is available." : options.need("text");
		Map<String, Object> notice = Map.of("kind", "RELEASE", "severity", "MINOR", "title", "Punctual " + tag,
				"components", List.of(options.need("component")), "update",
				Map.of("state", "AVAILABLE", "text", text.strip()));
		try (HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build()) {
			HttpResponse<String> answer = http
				.send(HttpRequest.newBuilder(URI.create(options.need("api") + "/v1/notices"))
					.timeout(Duration.ofSeconds(30))
					.header("Authorization", "Bearer " + token(http))
					.header("Content-Type", "application/json")
					.header("Idempotency-Key", "release-" + tag)
					.POST(BodyPublishers.ofString(Documents.JSON.writeValueAsString(notice)))
					.build(), BodyHandlers.ofString());
			if (answer.statusCode() != 201) {
				throw new ReleaseException("the notice was refused: " + answer.statusCode() + " " + answer.body());
			}
			boolean replayed = answer.headers().firstValue("Idempotency-Replayed").isPresent();
			System.out.println(tag + (replayed ? " had been announced before: " : " is announced: ")
					+ Documents.JSON.readTree(answer.body()).path("noticeId").asString());
			return true;
		}
		catch (IOException ex) {
			throw new ReleaseException("the API does not answer", ex);
		}
	}

	private String token(HttpClient http) throws IOException, InterruptedException {
		String basic = Base64.getEncoder()
			.encodeToString((variable("PUNCTUAL_CLIENT_ID") + ":" + variable("PUNCTUAL_CLIENT_SECRET"))
				.getBytes(StandardCharsets.UTF_8));
		HttpResponse<String> answer = http.send(HttpRequest.newBuilder(URI.create(variable("PUNCTUAL_TOKEN_URI")))
			.timeout(Duration.ofSeconds(10))
			.header("Authorization", "Basic " + basic)
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(BodyPublishers.ofString("grant_type=client_credentials&scope=punctual%2Fprovider.write"))
			.build(), BodyHandlers.ofString());
		if (answer.statusCode() != 200) {
			throw new ReleaseException("no token: " + answer.statusCode());
		}
		return Documents.JSON.readTree(answer.body()).path("access_token").asString();
	}

	private String variable(String name) {
		String value = this.variables.get(name);
		if (value == null) {
			throw new ReleaseException(name + " is not set");
		}
		return value;
	}

}
