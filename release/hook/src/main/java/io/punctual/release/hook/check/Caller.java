package io.punctual.release.hook.check;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Calls Punctual with a machine's token. Neither redirects nor retries: what is checked
 * must answer by itself.
 */
public final class Caller implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(3)).build();

	private final Credential credential;

	private @Nullable String token;

	public Caller(Credential credential) {
		this.credential = credential;
	}

	public Answer get(String uri) {
		return send("GET", uri, null, Map.of());
	}

	public Answer put(String uri, Object body) {
		return send("PUT", uri, body, Map.of());
	}

	public Answer post(String uri, @Nullable Object body) {
		return send("POST", uri, body, Map.of());
	}

	/**
	 * Sends a request that may be repeated under the same key.
	 */
	public Answer post(String uri, Object body, String idempotencyKey) {
		return send("POST", uri, body, Map.of("Idempotency-Key", idempotencyKey));
	}

	/**
	 * Sends a request without a token.
	 */
	public Answer getAsAnybody(String uri) {
		return exchange("GET", uri, BodyPublishers.noBody(), Map.of());
	}

	private Answer send(String method, String uri, @Nullable Object body, Map<String, String> headers) {
		Map<String, String> all = new java.util.HashMap<>(headers);
		all.put("Authorization", "Bearer " + token());
		if (body != null) {
			all.put("Content-Type", "application/json");
		}
		return exchange(method, uri, (body != null) ? BodyPublishers.ofString(Answer.JSON.writeValueAsString(body))
				: BodyPublishers.noBody(), all);
	}

	private synchronized String token() {
		if (this.token == null) {
			String basic = Base64.getEncoder()
				.encodeToString((this.credential.clientId() + ":" + this.credential.clientSecret())
					.getBytes(StandardCharsets.UTF_8));
			this.token = exchange("POST", this.credential.tokenUri(),
					BodyPublishers.ofString("grant_type=client_credentials"),
					Map.of("Authorization", "Basic " + basic, "Content-Type", "application/x-www-form-urlencoded"))
				.expect(200)
				.need("access_token");
		}
		return this.token;
	}

	private Answer exchange(String method, String uri, BodyPublisher body, Map<String, String> headers) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(uri)).timeout(PATIENCE).method(method, body);
		headers.forEach(request::header);
		try {
			HttpResponse<String> answer = this.http.send(request.build(), BodyHandlers.ofString());
			return new Answer(method + " " + uri, answer.statusCode(), answer.headers(), answer.body());
		}
		catch (IOException ex) {
			throw new CheckException(method + " " + uri + " was not answered", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new CheckException(method + " " + uri + " took too long", ex);
		}
	}

	@Override
	public void close() {
		this.http.shutdownNow();
	}

	/**
	 * A machine's credential.
	 *
	 * @param tokenUri where tokens are issued
	 * @param clientId the OAuth client
	 * @param clientSecret its secret
	 */
	public record Credential(String tokenUri, String clientId, String clientSecret) {

		@Override
		public String toString() {
			return this.clientId + " at " + this.tokenUri;
		}

	}

}
