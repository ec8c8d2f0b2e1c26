package io.punctual.local.edge;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Keys that another process keeps: they come and go while the edge runs.
 */
class ListedKeysTests {

	private static final String FIRST = "first-0123456789012345";

	private static final String SECOND = "second-012345678901234";

	private final Map<String, String> listed = new ConcurrentHashMap<>();

	private final AtomicInteger asked = new AtomicInteger();

	private volatile boolean down;

	private HttpServer list;

	private Shop shop;

	private TestEdge edge;

	@BeforeEach
	void start() throws IOException {
		this.list = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.list.createContext("/keys", (exchange) -> {
			this.asked.incrementAndGet();
			boolean known = "Bearer s3cret".equals(exchange.getRequestHeaders().getFirst("Authorization"));
			byte[] body = json().getBytes(StandardCharsets.UTF_8);
			exchange.sendResponseHeaders(this.down ? 503 : known ? 200 : 401, body.length);
			exchange.getResponseBody().write(body);
			exchange.close();
		});
		this.list.start();
		this.shop = new Shop();
		this.edge = TestEdge.bookshop(this.shop, "http://localhost:1",
				List.of("--punctual.edge.api-keys-uri=http://localhost:" + this.list.getAddress().getPort() + "/keys",
						"--punctual.edge.api-keys-token=s3cret"));
	}

	@AfterEach
	void stop() {
		this.edge.close();
		this.shop.close();
		this.list.stop(0);
	}

	@Test
	void takesAKeyAtOnceTwoDuringRotationAndNoneAfterItsRevocation() throws Exception {
		assertThat(status(FIRST)).isEqualTo(403);
		await(FIRST, 200, () -> this.listed.put(FIRST, "one"));
		assertThat(this.shop.last().headers().get("X-Key")).containsExactly("one");
		await(SECOND, 200, () -> this.listed.put(SECOND, "two"));
		assertThat(status(FIRST)).isEqualTo(200);
		await(FIRST, 403, () -> this.listed.remove(FIRST));
		assertThat(status(SECOND)).isEqualTo(200);
	}

	@Test
	void throttlesAListedKeyByItsPlan() throws Exception {
		this.listed.put(FIRST, "casual-one");
		await(FIRST, 200, () -> {
		});
		for (int i = 0; i < 3; i++) {
			status(FIRST);
		}
		assertThat(status(FIRST)).isEqualTo(429);
	}

	@Test
	void goesOnWithWhatItKnewWhileTheListDoesNotAnswer() throws Exception {
		await(FIRST, 200, () -> this.listed.put(FIRST, "one"));
		this.down = true;
		int asked = this.asked.get();
		// The second is begun once the first has been refused.
		while (this.asked.get() < asked + 2) {
			Thread.sleep(50);
		}
		assertThat(status(FIRST)).isEqualTo(200);
		assertThat(status(SECOND)).isEqualTo(403);
		this.down = false;
		await(FIRST, 403, this.listed::clear);
	}

	@Test
	void takesNoDigestForAKey() throws Exception {
		await(FIRST, 200, () -> this.listed.put(FIRST, "one"));
		assertThat(status(digest(FIRST))).isEqualTo(403);
	}

	private void await(String key, int status, Runnable change) throws Exception {
		change.run();
		long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
		while (status(key) != status && System.nanoTime() < end) {
			Thread.sleep(50);
		}
		assertThat(status(key)).isEqualTo(status);
	}

	private int status(String key) throws IOException {
		return this.edge.get("/keyed", "x-api-key: " + key).status();
	}

	private String json() {
		return this.listed.entrySet()
			.stream()
			.map((key) -> "{\"id\":\"%s\",\"valueSha256\":\"%s\",\"usagePlan\":\"%s\"}".formatted(key.getValue(),
					digest(key.getKey()), key.getValue().startsWith("casual") ? "casual" : "open"))
			.collect(Collectors.joining(",", "[", "]"));
	}

	private static String digest(String text) {
		try {
			return HexFormat.of()
				.formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
		}
		catch (java.security.NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
