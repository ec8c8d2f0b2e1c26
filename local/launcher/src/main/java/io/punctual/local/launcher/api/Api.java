package io.punctual.local.launcher.api;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import io.punctual.local.launcher.LauncherException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One caller of the public API, with its own token and, a client, its own API key.
 */
public final class Api {

	private static final JsonMapper JSON = new JsonMapper();

	private static final int TRIES = 150;

	private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(3)).build();

	private final String base;

	private final String token;

	private final @Nullable String apiKey;

	private Api(String base, String token, @Nullable String apiKey) {
		this.base = base;
		this.token = token;
		this.apiKey = apiKey;
	}

	public static Api of(String base, String token) {
		return new Api(base, token, null);
	}

	public static Api signIn(String base, String tokenUri, String clientId, String secret, @Nullable String apiKey) {
		HttpResponse<String> answer = token(tokenUri, clientId, secret);
		if (answer.statusCode() != 200) {
			throw new LauncherException("No token for " + clientId + ": " + answer.body());
		}
		return new Api(base, JSON.readTree(answer.body()).path("access_token").asString(), apiKey);
	}

	/**
	 * The same caller, elsewhere.
	 */
	public Api at(String base) {
		return new Api(base, this.token, this.apiKey);
	}

	/**
	 * The same caller with a credential that was just made for it.
	 */
	public Api signInAgain(String tokenUri, JsonNode credential) {
		return signIn(this.base, tokenUri, credential.path("oauthClientId").asString(),
				credential.path("clientSecret").asString(), credential.path("apiKey").asString());
	}

	public static int tokenStatus(String tokenUri, String clientId, String secret) {
		return token(tokenUri, clientId, secret).statusCode();
	}

	private static HttpResponse<String> token(String tokenUri, String clientId, String secret) {
		String form = "grant_type=client_credentials&client_id=" + encode(clientId) + "&client_secret="
				+ encode(secret);
		HttpRequest request = HttpRequest.newBuilder(URI.create(tokenUri))
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(HttpRequest.BodyPublishers.ofString(form))
			.build();
		try (HttpClient http = HttpClient.newHttpClient()) {
			return http.send(request, HttpResponse.BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new LauncherException("No token for " + clientId + ": " + ex.getMessage(), ex);
		}
		catch (InterruptedException ex) {
			throw interrupted(ex);
		}
	}

	public @Nullable String apiKey() {
		return this.apiKey;
	}

	public Api withApiKey(@Nullable String key) {
		return new Api(this.base, this.token, key);
	}

	/**
	 * What a GET is answered, tried once; 0 if it is not.
	 */
	public int status(String path) {
		HttpResponse<String> answer = attempt("GET", path, null, "");
		return (answer != null) ? answer.statusCode() : 0;
	}

	public void delete(String path) {
		send("DELETE", path, null);
	}

	public JsonNode get(String path) {
		return send("GET", path, null);
	}

	public JsonNode post(String path, @Nullable Object body) {
		return send("POST", path, body);
	}

	public JsonNode put(String path, Object body) {
		return send("PUT", path, body);
	}

	/**
	 * Reads a list to its last page.
	 */
	public List<JsonNode> list(String path) {
		List<JsonNode> items = new ArrayList<>();
		String next = "";
		do {
			String separator = path.contains("?") ? "&" : "?";
			JsonNode page = get(path + separator + "limit=200" + (next.isEmpty() ? "" : "&cursor=" + encode(next)));
			page.path("items").forEach(items::add);
			next = page.path("next").asString("");
		}
		while (!next.isEmpty());
		return items;
	}

	/**
	 * Sends a request again with the same key while a service is away: that is what the
	 * key is for.
	 */
	private JsonNode send(String method, String path, @Nullable Object body) {
		String key = UUID.randomUUID().toString();
		for (int attempt = 1;; attempt++) {
			HttpResponse<String> answer = attempt(method, path, body, key);
			if (answer != null && answer.statusCode() / 100 == 2) {
				return answer.body().isBlank() ? JSON.createObjectNode() : JSON.readTree(answer.body());
			}
			boolean away = answer == null || answer.statusCode() == 429
					|| (answer.statusCode() >= 502 && answer.statusCode() <= 504)
					|| (answer.statusCode() == 409 && answer.body().contains("idempotency-in-flight"));
			if (!away || attempt == TRIES) {
				throw new LauncherException(method + " " + path + " was answered "
						+ ((answer != null) ? answer.statusCode() + ": " + answer.body() : "not at all"));
			}
			pause(Duration.ofMillis(500));
		}
	}

	private @Nullable HttpResponse<String> attempt(String method, String path, @Nullable Object body, String key) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(this.base + path))
			.timeout(Duration.ofSeconds(30))
			.header("Authorization", "Bearer " + this.token);
		if (this.apiKey != null) {
			request.header("x-api-key", this.apiKey);
		}
		if (!method.equals("GET")) {
			request.header("Idempotency-Key", key);
		}
		if (body != null) {
			request.header("Content-Type", "application/json");
			request.method(method, HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)));
		}
		else {
			request.method(method, HttpRequest.BodyPublishers.noBody());
		}
		try {
			return this.http.send(request.build(), HttpResponse.BodyHandlers.ofString());
		}
		catch (IOException ex) {
			return null;
		}
		catch (InterruptedException ex) {
			throw interrupted(ex);
		}
	}

	public static void pause(Duration duration) {
		try {
			Thread.sleep(duration);
		}
		catch (InterruptedException ex) {
			throw interrupted(ex);
		}
	}

	public static String encode(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

	/**
	 * Returns the identifier in an answer.
	 * @param name what it is called there, if not only {@code id}
	 */
	public static String id(JsonNode node, String name) {
		String id = node.path(name).asString(node.path("id").asString(""));
		if (id.isEmpty()) {
			throw new LauncherException("The answer has no " + name + ": " + node);
		}
		return id;
	}

	private static LauncherException interrupted(InterruptedException ex) {
		Thread.currentThread().interrupt();
		return new LauncherException("Interrupted", ex);
	}

}
