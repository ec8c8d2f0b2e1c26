package io.punctual.local.launcher.demo;

import java.time.Duration;
import java.util.Map;

import io.punctual.local.launcher.api.Api;
import tools.jackson.databind.JsonNode;

/**
 * A client changes from one credential to the next: two are valid at once, the former is
 * revoked and opens nothing from then on; no key opens anything with another client's
 * token, and no token shows another client.
 */
final class Rotation {

	/** What only a client's machine asks for, with its token and its API key. */
	private static final String FEED = "/v1/feed";

	private static final String ABOUT = "/v1/clients/";

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final Api provider;

	private final Verdict verdict;

	private final String tokenUri;

	Rotation(Api provider, Verdict verdict, String tokenUri) {
		this.provider = provider;
		this.verdict = verdict;
		this.tokenUri = tokenUri;
	}

	void run(Participant client, Participant other) {
		Api former = client.api();
		expect(client, former, 200, "its first credential reads its feed");
		expect(client, former.withApiKey(null), 403, "a call without an API key is refused");
		expect(client, former.withApiKey("never-given-to-anybody"), 403, "an unknown API key is refused");
		expect(client, former.withApiKey(other.api().apiKey()), 403, "another client's API key is refused");
		String credentials = "/v1/clients/" + client.clientId() + "/credentials";
		JsonNode made = this.provider.post(credentials, Map.of("name", "The next one"));
		Api next = former.signInAgain(this.tokenUri, made);
		expect(client, next, 200, "its second credential reads its feed");
		expect(client, former, 200, "its first one does so still");
		expect(client, former.withApiKey(next.apiKey()), 200, "either key goes with either token");
		this.provider.delete(credentials + "/" + client.credentialId());
		expect(client, former, 403, "the revoked credential is refused");
		expect(client, next.withApiKey(former.apiKey()), 403, "the revoked credential's key is refused");
		expect(client, next, 200, "the second credential reads on");
		expect(client, next, ABOUT + client.clientId(), 200, "it sees its own client");
		expect(client, next, ABOUT + other.clientId(), 404, "another client is not there for it");
		expect(client, next, ABOUT + other.clientId() + "/adherence?period=2026-01", 404,
				"nor is what that one was promised");
		this.verdict.check(client,
				Api.tokenStatus(this.tokenUri, made.path("oauthClientId").asString(), "wrong") == 401,
				"a wrong secret got a token");
	}

	private void expect(Participant client, Api api, int status, String sentence) {
		expect(client, api, FEED, status, sentence);
	}

	/**
	 * Waits a moment for it: the other services learn of credentials by events.
	 */
	private void expect(Participant client, Api api, String path, int status, String sentence) {
		long end = System.nanoTime() + PATIENCE.toNanos();
		int answered = api.status(path);
		while (answered != status && System.nanoTime() < end) {
			Api.pause(Duration.ofMillis(100));
			answered = api.status(path);
		}
		this.verdict.check(client, answered == status,
				"not so: " + sentence + " (" + path + " was answered " + answered + ")");
	}

}
