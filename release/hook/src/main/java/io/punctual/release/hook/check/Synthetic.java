package io.punctual.release.hook.check;

import java.time.Duration;
import java.util.Map;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The client that exists to watch the system: flagged synthetic, so that it is in no
 * statement, with one component that nobody else uses and one endpoint, the receiver.
 *
 * @param clientId its id
 * @param componentId the component that it alone uses
 * @param endpointId the receiver's endpoint
 */
public record Synthetic(String clientId, String componentId, String endpointId) {

	public static final String EXTERNAL_ID = "punctual-synthetic";

	private static final String COMPONENT = "Synthetic: used by the release's checks alone";

	/**
	 * Looks for it.
	 * @param caller who asks
	 * @param clients where {@code clients} answers
	 * @return the client, or null if its set-up is not complete
	 */
	public static @Nullable Synthetic find(Caller caller, String clients) {
		Answer client = upsert(caller, clients);
		String clientId = client.need("id");
		String component = first(caller.get(clients + "/v1/clients/" + clientId + "/components?limit=200").expect(200),
				"componentId");
		String endpoint = verified(caller, clients, clientId);
		return (component != null && endpoint != null) ? new Synthetic(clientId, component, endpoint) : null;
	}

	/**
	 * Makes what of it is missing.
	 * @param caller who asks
	 * @param clients where {@code clients} answers
	 * @param receiver the receiver's address
	 * @param keepSecret takes the endpoint's id and its signing secret, which is shown
	 * once
	 * @return the client
	 */
	public static Synthetic ensure(Caller caller, String clients, String receiver,
			BiConsumer<String, String> keepSecret) {
		Synthetic found = find(caller, clients);
		if (found != null) {
			return found;
		}
		String clientId = upsert(caller, clients).need("id");
		if (first(caller.get(clients + "/v1/clients/" + clientId + "/components?limit=200").expect(200),
				"componentId") == null) {
			String component = caller.post(clients + "/v1/components", Map.of("name", COMPONENT))
				.expect(201)
				.need("id");
			caller.put(clients + "/v1/clients/" + clientId + "/components/" + component, Map.of())
				.expect(200, 201, 204);
		}
		if (verified(caller, clients, clientId) == null) {
			Answer endpoint = caller
				.post(clients + "/v1/clients/" + clientId + "/endpoints",
						Map.of("url", receiver, "description", "The release's own receiver"))
				.expect(201);
			keepSecret.accept(endpoint.need("id"), endpoint.need("secret"));
			// Asked again: the receiver knew no secret when the first challenge came.
			caller.post(clients + "/v1/endpoints/" + endpoint.need("id") + "/verify", null).expect(202);
		}
		return Eventually.find("the synthetic endpoint is verified", Duration.ofSeconds(60),
				() -> find(caller, clients));
	}

	private static Answer upsert(Caller caller, String clients) {
		Answer answer = put(caller, clients);
		if (answer.status() == 409) {
			// All services are deployed at once, and the hook of another one was quicker.
			answer = put(caller, clients);
		}
		if (!answer.expect(200, 201).body().path("synthetic").asBoolean(false)) {
			throw new CheckException("the client " + EXTERNAL_ID + " is not synthetic: it would be in statements");
		}
		return answer;
	}

	private static Answer put(Caller caller, String clients) {
		return caller.put(clients + "/v1/clients/by-external-id/" + EXTERNAL_ID,
				Map.of("name", "Punctual's own checks", "synthetic", true));
	}

	private static @Nullable String verified(Caller caller, String clients, String clientId) {
		for (JsonNode endpoint : caller.get(clients + "/v1/clients/" + clientId + "/endpoints?limit=200")
			.expect(200)
			.body()
			.path("items")) {
			if (endpoint.path("state").asString("").equals("VERIFIED")) {
				return endpoint.path("id").asString();
			}
		}
		return null;
	}

	private static @Nullable String first(Answer page, String member) {
		JsonNode item = page.body().path("items").path(0);
		return item.isMissingNode() ? null : item.path(member).asString(item.path("id").asString());
	}

}
