package io.punctual.local.edge;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

import io.punctual.local.database.FreePort;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Traffic that is taken from one pool to the other while it flows, as a release does it.
 */
class AdminPortTests {

	private static final JsonMapper JSON = new JsonMapper();

	private final HttpClient client = HttpClient.newHttpClient();

	private Shop blue;

	private Shop green;

	private TestEdge edge;

	private int admin;

	@BeforeEach
	void start() throws IOException {
		this.blue = new Shop();
		this.green = new Shop();
		this.admin = FreePort.find();
		this.edge = TestEdge.bookshop(this.blue, "http://localhost:1", List.of("--admin-port=" + this.admin));
	}

	@AfterEach
	void stop() {
		this.edge.close();
		this.client.close();
		this.green.close();
		this.blue.close();
	}

	@Test
	void aPoolThatIsDrainedEndsWhatItHasBegunAndGetsNothingNew() throws Exception {
		weights(100, 0);
		try (Socket begun = new Socket("localhost", this.edge.port())) {
			begun.setSoTimeout(60_000);
			begun.getOutputStream().write("GET /stream HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".getBytes());
			assertThat(begun.getInputStream().read()).isEqualTo('H');
			weights(0, 100);
			int before = this.blue.count();
			for (int i = 0; i < 20; i++) {
				assertThat(this.edge.get("/books/1").status()).isEqualTo(200);
			}
			assertThat(this.blue.count()).isEqualTo(before);
			assertThat(this.green.count()).isEqualTo(20);
			assertThat(pool("blue").path("inFlight").asInt()).isEqualTo(1);
			this.blue.goOn();
			assertThat(new String(begun.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).contains("second");
		}
		awaitDrained();
	}

	@Test
	void bothPoolsGetTheirShareAndItIsTakenBackAgain() throws Exception {
		weights(50, 50);
		for (int i = 0; i < 60; i++) {
			assertThat(this.edge.get("/books/1").status()).isEqualTo(200);
		}
		assertThat(this.blue.count()).isBetween(10, 50);
		assertThat(this.green.count()).isEqualTo(60 - this.blue.count());
		weights(100, 0);
		int before = this.green.count();
		for (int i = 0; i < 20; i++) {
			this.edge.get("/books/1");
		}
		assertThat(this.green.count()).isEqualTo(before);
	}

	private void weights(int ofBlue, int ofGreen) throws Exception {
		String pools = "[{\"name\":\"blue\",\"url\":\"" + this.blue.url() + "\",\"weight\":" + ofBlue
				+ "},{\"name\":\"green\",\"url\":\"" + this.green.url() + "\",\"weight\":" + ofGreen + "}]";
		HttpResponse<String> answer = this.client.send(
				HttpRequest.newBuilder(uri("/targets/shop")).PUT(HttpRequest.BodyPublishers.ofString(pools)).build(),
				HttpResponse.BodyHandlers.ofString());
		assertThat(answer.statusCode()).isEqualTo(200);
	}

	private JsonNode pool(String name) throws Exception {
		String said = this.client
			.send(HttpRequest.newBuilder(uri("/targets")).build(), HttpResponse.BodyHandlers.ofString())
			.body();
		for (JsonNode pool : JSON.readTree(said).path("shop")) {
			if (pool.path("name").asString().equals(name)) {
				return pool;
			}
		}
		throw new AssertionError("No pool " + name + ": " + said);
	}

	private void awaitDrained() throws Exception {
		long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
		while (pool("blue").path("inFlight").asInt() > 0) {
			assertThat(System.nanoTime()).isLessThan(end);
			LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
		}
	}

	private URI uri(String path) {
		return URI.create("http://localhost:" + this.admin + path);
	}

}
