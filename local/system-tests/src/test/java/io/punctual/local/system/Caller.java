package io.punctual.local.system;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Somebody who asks with a token, and sees the whole answer.
 *
 * @param base where they ask
 * @param token what they say who they are with
 */
record Caller(String base, String token) {

	private static final JsonMapper JSON = new JsonMapper();

	private static final HttpClient HTTP = HttpClient.newHttpClient();

	/**
	 * An answer.
	 *
	 * @param status its status
	 * @param contentType the type of its body; empty without one
	 * @param body its body; missing without one
	 */
	record Reply(int status, String contentType, JsonNode body) {

		String problem() {
			return this.body.path("type").asString("").replaceFirst(".*/", "");
		}

	}

	static Reply token(String issuer, String clientId, String secret) {
		String form = "grant_type=client_credentials&client_id=" + encoded(clientId) + "&client_secret="
				+ encoded(secret);
		return send(HttpRequest.newBuilder(URI.create(issuer + "/oauth2/token"))
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(BodyPublishers.ofString(form))
			.build());
	}

	static Caller signedIn(String base, String issuer, String clientId, String secret) {
		Reply reply = token(issuer, clientId, secret);
		if (reply.status() != 200) {
			throw new IllegalStateException("No token for " + clientId + ": " + reply);
		}
		return new Caller(base, reply.body().path("access_token").asString());
	}

	Caller at(String elsewhere) {
		return new Caller(elsewhere, this.token);
	}

	Caller with(String other) {
		return new Caller(this.base, other);
	}

	Reply get(String path) {
		return send("GET", path, null);
	}

	Reply post(String path, Map<String, ?> body) {
		return send("POST", path, body);
	}

	Reply put(String path, Map<String, ?> body) {
		return send("PUT", path, body);
	}

	Reply delete(String path) {
		return send("DELETE", path, null);
	}

	private Reply send(String method, String path, @Nullable Map<String, ?> body) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(this.base + path))
			.timeout(Duration.ofSeconds(40))
			.header("Authorization", "Bearer " + this.token)
			.header("Idempotency-Key", UUID.randomUUID().toString());
		if (body != null) {
			request.header("Content-Type", "application/json");
		}
		return send(
				request
					.method(method,
							(body != null) ? BodyPublishers.ofString(JSON.writeValueAsString(body))
									: BodyPublishers.noBody())
					.build());
	}

	private static Reply send(HttpRequest request) {
		try {
			HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
			return new Reply(answer.statusCode(), answer.headers().firstValue("Content-Type").orElse(""),
					answer.body().isBlank() ? JSON.missingNode() : JSON.readTree(answer.body()));
		}
		catch (IOException ex) {
			throw new IllegalStateException(request + " was not answered", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted", ex);
		}
	}

	/**
	 * What an address answers at once; 0 if nobody does.
	 */
	static int statusOf(URI uri) {
		try {
			HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
			connection.setConnectTimeout(500);
			connection.setReadTimeout(5000);
			try {
				return connection.getResponseCode();
			}
			finally {
				connection.disconnect();
			}
		}
		catch (IOException ex) {
			return 0;
		}
	}

	private static String encoded(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

}
