package io.punctual.local.system;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is at risk reaches somebody of the provider, who has the clock stand still and
 * says what was waited for: through the edge and all four services.
 */
@ExtendWith(SharedSystem.class)
class EscalationStoryTests {

	private static final JsonMapper JSON = new JsonMapper();

	@Test
	void onCallIsToldOfWhatIsAtRiskHoldsItAndItEndsWithItsClock(RunningSystem system) throws Exception {
		List<JsonNode> told = new CopyOnWriteArrayList<>();
		HttpServer pager = pager(told);
		try {
			Caller provider = Caller.signedIn(system.edgeUrl(), system.issuer(), "provider",
					RunningSystem.PROVIDER_SECRET);
			assertThat(provider.get("/v1/on-call").body().has("clientId")).isFalse();
			onCall(provider, "http://localhost:" + pager.getAddress().getPort() + "/pager");
			String component = promised(provider);
			// 80 % of ten minutes are gone already.
			String notice = id(
					provider.post("/v1/notices",
							Map.of("kind", "INCIDENT", "severity", "CRITICAL", "title", "Storage fails", "components",
									List.of(component), "detectedAt", Instant.now().minusSeconds(500).toString())),
					"noticeId");
			await(() -> !told.isEmpty());
			JsonNode news = told.getFirst();
			assertThat(news.path("type").asString()).isEqualTo("escalation.opened");
			assertThat(news.at("/data/noticeId").asString()).isEqualTo(notice);
			assertThat(news.at("/data/title").asString()).isEqualTo("first update at risk for Bank");
			JsonNode escalation = provider.get("/v1/escalations?state=OPEN&notice=" + notice).body().at("/items/0");
			assertThat(news.at("/data/text").asString()).contains(escalation.path("escalationId").asString());
			String path = "/v1/escalations/" + escalation.path("escalationId").asString();
			assertThat(provider.post(path + "/acknowledge", Map.of("note", "I look")).status()).isEqualTo(200);
			String clock = "/v1/clocks/" + escalation.path("clockId").asString();
			String due = provider.get(clock).body().path("dueAt").asString();
			assertThat(provider.post(clock + "/holds", Map.of("reason", "The client asked us to wait")).status())
				.isEqualTo(201);
			assertThat(provider.delete(clock + "/holds").status()).isEqualTo(204);
			assertThat(Instant.parse(provider.get(clock).body().path("dueAt").asString())).isAfter(Instant.parse(due));
			assertThat(provider
				.post("/v1/notices/" + notice + "/updates", Map.of("state", "INVESTIGATING", "text", "We are looking."))
				.status()).isEqualTo(201);
			await(() -> "RESOLVED".equals(provider.get(path).body().path("state").asString()));
			assertThat(provider.get(path).body().at("/acknowledged/note").asString()).isEqualTo("I look");
			assertThat(provider.get(clock + "/proof").body().at("/clock/state").asString()).isEqualTo("MET");
			assertThat(provider.get(clock + "/proof").body().path("holds")).hasSize(1);
			await(() -> told.size() == 3);
			assertThat(told.stream().map((one) -> one.path("type").asString())).containsExactly("escalation.opened",
					"escalation.acknowledged", "escalation.resolved");
			assertThat(told.stream().map((one) -> one.at("/data/escalations/0/escalationId")))
				.as("what a pager opens and closes by")
				.containsOnly(escalation.path("escalationId"));
			assertThat(provider.get("/v1/audit?subject=" + escalation.path("clockId").asString())
				.body()
				.path("items")
				.valueStream()
				.map((entry) -> entry.path("action").asString())).contains("POST /v1/clocks/{clockId}/holds",
						"DELETE /v1/clocks/{clockId}/holds", "POST /v1/escalations/{escalationId}/acknowledge");
		}
		finally {
			pager.stop(0);
		}
	}

	private static void onCall(Caller provider, String url) throws Exception {
		String client = id(
				provider.post("/v1/clients", Map.of("externalId", "on-call", "name", "On call", "synthetic", true)),
				"id");
		String endpoint = "/v1/endpoints/"
				+ id(provider.post("/v1/clients/" + client + "/endpoints", Map.of("url", url)), "id");
		await(() -> "VERIFIED".equals(provider.get(endpoint).body().path("state").asString()));
		assertThat(provider.put("/v1/on-call", Map.of("clientId", client)).status()).isEqualTo(200);
	}

	/** A client that was promised a first word within ten minutes. */
	private static String promised(Caller provider) {
		String component = id(provider.post("/v1/components", Map.of("name", "storage")), "id");
		String client = id(provider.post("/v1/clients", Map.of("externalId", "bank", "name", "Bank")), "id");
		String agreement = id(
				provider.post("/v1/agreements",
						Map.of("name", "Gold", "terms",
								Map.of("calendarId", "cal_00000000000000000000000247", "targets",
										List.of(Map.of("objective", "FIRST_UPDATE", "target", "PT10M"))))),
				"agreementId");
		assertThat(provider.put("/v1/clients/" + client + "/agreement", Map.of("agreementId", agreement)).status())
			.isLessThan(300);
		assertThat(provider
			.put("/v1/clients/" + client + "/components/" + component,
					Map.of("effectiveAt", Instant.now().minusSeconds(3600).toString()))
			.status()).isLessThan(300);
		String draft = id(provider.post("/v1/notices", Map.of("kind", "INCIDENT", "severity", "CRITICAL", "title",
				"Who would hear of it?", "components", List.of(component))), "noticeId");
		await(() -> provider.get("/v1/notices/" + draft + "/audience").body().path("promises").size() == 1);
		return component;
	}

	/** Repeats its challenge, and keeps what else it is told. */
	private static HttpServer pager(List<JsonNode> told) throws IOException {
		HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.createContext("/", (exchange) -> answer(exchange, told));
		server.start();
		return server;
	}

	private static void answer(HttpExchange exchange, List<JsonNode> told) throws IOException {
		JsonNode message = JSON.readTree(exchange.getRequestBody().readAllBytes());
		String challenge = message.at("/data/challenge").asString("");
		if (challenge.isEmpty()) {
			told.add(message);
		}
		byte[] answer = challenge.getBytes(StandardCharsets.UTF_8);
		exchange.sendResponseHeaders(200, (answer.length > 0) ? answer.length : -1);
		exchange.getResponseBody().write(answer);
		exchange.close();
	}

	private static String id(Caller.Reply reply, String field) {
		assertThat(reply.status()).as(reply.toString()).isEqualTo(201);
		return reply.body().path(field).asString();
	}

	private static void await(Callable<Boolean> condition) {
		Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(200)).until(condition);
	}

}
