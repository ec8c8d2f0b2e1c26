package io.punctual.local.edge;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;

import io.punctual.local.edge.TestEdge.Reply;
import io.punctual.local.edge.target.Targets;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A backend that is slow, refuses, or speaks garbage, and the edge after it.
 */
class BackendFailureTests {

	private static final String SETTINGS = "src/test/resources/bookshop-settings.yaml";

	private static final String DOCUMENT = "src/test/resources/bookshop.yaml";

	@Test
	void answersATimeoutInTimeAndGoesOn() throws IOException {
		try (Shop shop = new Shop(); TestEdge edge = TestEdge.bookshop(shop, "http://localhost:1")) {
			long start = System.nanoTime();
			Reply reply = edge.get("/late");
			assertThat((System.nanoTime() - start) / 1_000_000).isBetween(950L, 45_000L);
			assertThat(reply.status()).isEqualTo(504);
			assertThat(reply.body()).isEqualTo("{\"message\":\"Endpoint request timed out\"}");
			assertThat(edge.get("/books/1").status()).isEqualTo(200);
		}
	}

	@Test
	void answersARefusedConnectionAndRecovers() throws IOException {
		try (Shop shop = new Shop();
				TestEdge edge = new TestEdge(DOCUMENT, SETTINGS, "http://localhost:1",
						Map.of("shop", "http://localhost:1"))) {
			Reply reply = edge.get("/books/1");
			assertThat(reply.status()).isEqualTo(504);
			assertThat(reply.header("x-amzn-ErrorType")).isEqualTo("InternalServerErrorException");
			edge.bean(Targets.class).point("shop", shop.url());
			assertThat(edge.get("/books/1").status()).isEqualTo(200);
		}
	}

	@Test
	void answersForABackendThatSpeaksGarbageOrTricklesOrCloses() throws Exception {
		for (String said : new String[] { "garbage\r\n\r\n", "", "HTTP/1.1 abc\r\n\r\n",
				"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nshort" }) {
			try (ServerSocket server = new ServerSocket(0);
					TestEdge edge = new TestEdge(DOCUMENT, SETTINGS, "http://localhost:1",
							Map.of("shop", "http://localhost:" + server.getLocalPort()))) {
				Thread.ofVirtual().start(() -> {
					try (Socket socket = server.accept()) {
						socket.getInputStream().read(new byte[4096]);
						socket.getOutputStream().write(said.getBytes());
						socket.getOutputStream().flush();
					}
					catch (IOException ex) {
						Thread.currentThread().interrupt();
					}
				});
				assertThat(edge.get("/books/1").status()).as(said).isEqualTo(504);
			}
		}
	}

	@Test
	void recoversFromABackendThatSpokeGarbage() throws Exception {
		try (ServerSocket server = new ServerSocket(0);
				TestEdge edge = new TestEdge(DOCUMENT, SETTINGS, "http://localhost:1",
						Map.of("shop", "http://localhost:" + server.getLocalPort()))) {
			Thread.ofVirtual().start(() -> {
				for (String said : new String[] { "garbage\r\n\r\n",
						"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok" }) {
					try (Socket socket = server.accept()) {
						socket.getInputStream().read(new byte[4096]);
						socket.getOutputStream().write(said.getBytes());
						socket.getOutputStream().flush();
					}
					catch (IOException ex) {
						Thread.currentThread().interrupt();
					}
				}
			});
			Reply garbage = edge.get("/books/1");
			assertThat(garbage.status()).isEqualTo(504);
			// At once, not when the time is up.
			assertThat(garbage.body()).doesNotContain("timed out");
			Reply reply = edge.get("/books/1");
			assertThat(reply.status()).isEqualTo(200);
			assertThat(reply.body()).isEqualTo("ok");
		}
	}

	@Test
	void endsATrickleAtTheDeadline() throws Exception {
		try (ServerSocket server = new ServerSocket(0);
				TestEdge edge = new TestEdge(DOCUMENT, SETTINGS, "http://localhost:1",
						Map.of("shop", "http://localhost:" + server.getLocalPort()))) {
			Thread.ofVirtual().start(() -> {
				try (Socket socket = server.accept()) {
					socket.getOutputStream().write("HTTP/1.1 200 OK\r\nContent-Length: 300\r\n\r\n".getBytes());
					for (int i = 0; i < 300; i++) {
						socket.getOutputStream().write('x');
						socket.getOutputStream().flush();
						Thread.sleep(100);
					}
				}
				catch (IOException | InterruptedException ex) {
					Thread.currentThread().interrupt();
				}
			});
			long start = System.nanoTime();
			assertThat(edge.get("/late").status()).isEqualTo(504);
			assertThat((System.nanoTime() - start) / 1_000_000).isLessThan(25_000L);
		}
	}

}
