package io.punctual.release.tool.announce;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.punctual.release.tool.Documents;
import io.punctual.release.tool.Options;
import io.punctual.release.tool.ReleaseException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The notice of a version, against a server that takes it down.
 */
class AnnounceCommandTests {

	private final List<String> bodies = new CopyOnWriteArrayList<>();

	private final List<String> keys = new CopyOnWriteArrayList<>();

	private volatile int status = 201;

	private HttpServer server;

	@BeforeEach
	void start() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.createContext("/token", (exchange) -> answer(exchange, 200, "{\"access_token\": \"t\"}"));
		this.server.createContext("/v1/notices", (exchange) -> {
			assertThat(exchange.getRequestHeaders().getFirst("Authorization")).isEqualTo("Bearer t");
			this.keys.add(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
			this.bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
			answer(exchange, this.status, "{\"noticeId\": \"not_1\"}");
		});
		this.server.start();
	}

	@AfterEach
	void stop() {
		this.server.stop(0);
	}

	private void announce(String text) throws InterruptedException {
		String base = "http://localhost:" + this.server.getAddress().getPort();
		new AnnounceCommand(Map.of("PUNCTUAL_TOKEN_URI", base + "/token", "PUNCTUAL_CLIENT_ID", "release",
				"PUNCTUAL_CLIENT_SECRET", "s"))
			.run(Options.parse(List.of("--tag", "v1.2.3", "--text", text, "--api", base, "--component", "cmp_1")));
	}

	@Test
	void publishesANoticeOfKindReleaseWithTheTagsText() throws InterruptedException {
		announce("What is new.\n");
		JsonNode notice = Documents.JSON.readTree(this.bodies.getFirst());
		assertThat(notice.path("kind").asString()).isEqualTo("RELEASE");
		assertThat(notice.path("title").asString()).isEqualTo("Punctual v1.2.3");
		assertThat(notice.at("/update/text").asString()).isEqualTo("What is new.");
		assertThat(notice.at("/update/state").asString()).isEqualTo("AVAILABLE");
		assertThat(notice.at("/components/0").asString()).isEqualTo("cmp_1");
	}

	@Test
	void usesTheTagAsTheKeySoThatARepeatedRunSaysNothingTwice() throws InterruptedException {
		announce("What is new.");
		announce("What is new.");
		assertThat(this.keys).containsExactly("release-v1.2.3", "release-v1.2.3");
		assertThat(this.bodies.get(0)).isEqualTo(this.bodies.get(1));
	}

	@Test
	void saysSomethingForATagWithoutAText() throws InterruptedException {
		announce(" ");
		assertThat(Documents.JSON.readTree(this.bodies.getFirst()).at("/update/text").asString()).contains("v1.2.3");
	}

	@Test
	void failsWhenTheNoticeIsRefused() {
		this.status = 422;
		assertThatExceptionOfType(ReleaseException.class).isThrownBy(() -> announce("What is new."))
			.withMessageContaining("422");
	}

	private static void answer(HttpExchange exchange, int status, String body) throws IOException {
		try (exchange) {
			byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
			exchange.sendResponseHeaders(status, bytes.length);
			exchange.getResponseBody().write(bytes);
		}
	}

}
