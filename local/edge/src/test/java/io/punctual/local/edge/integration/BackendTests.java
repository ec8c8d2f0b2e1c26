package io.punctual.local.edge.integration;

import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;

import io.punctual.local.edge.gateway.Answer;
import io.punctual.local.edge.gateway.GatewayException;
import io.punctual.local.edge.gateway.Headers;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The two times of a stream: how long it may last, and how long it may say nothing.
 */
class BackendTests {

	private static final Duration SILENCE = Duration.ofMillis(400);

	@Test
	void endsAStreamThatSaysNothing() throws Exception {
		CountDownLatch read = new CountDownLatch(1);
		try (ServerSocket server = server("part", read); Backend backend = new Backend(SILENCE)) {
			Answer answer = backend.send(request(server, Duration.ofSeconds(60), true));
			try (InputStream stream = Objects.requireNonNull(answer.stream())) {
				assertThat(stream.readNBytes(4)).asString().isEqualTo("part");
				assertThatThrownBy(stream::read).isInstanceOf(SocketTimeoutException.class);
			}
			read.countDown();
		}
	}

	@Test
	void endsAStreamAtItsDeadline() throws Exception {
		CountDownLatch read = new CountDownLatch(1);
		try (ServerSocket server = server("part", read); Backend backend = new Backend(Duration.ofSeconds(60))) {
			Answer answer = backend.send(request(server, Duration.ofSeconds(3), true));
			try (InputStream stream = Objects.requireNonNull(answer.stream())) {
				assertThatThrownBy(stream::readAllBytes).isInstanceOf(IOException.class);
			}
			read.countDown();
		}
	}

	@Test
	void letsAWholeAnswerTakeItsTime() throws Exception {
		CountDownLatch read = new CountDownLatch(1);
		try (ServerSocket server = server("", read); Backend backend = new Backend(SILENCE)) {
			long start = System.nanoTime();
			assertThatThrownBy(() -> backend.send(request(server, Duration.ofMillis(1_200), false)))
				.isInstanceOf(GatewayException.class)
				.hasMessageContaining("timed out");
			assertThat(System.nanoTime() - start).isGreaterThan(Duration.ofMillis(1_100).toNanos());
			read.countDown();
		}
	}

	private static Backend.Request request(ServerSocket server, Duration timeout, boolean streaming) {
		return new Backend.Request("GET", URI.create("http://localhost:" + server.getLocalPort()), "a", "/",
				new Headers(), new byte[0], timeout, streaming);
	}

	/**
	 * Says that much of an answer and no more.
	 */
	private static ServerSocket server(String said, CountDownLatch end) throws IOException {
		ServerSocket server = new ServerSocket(0);
		Thread.ofVirtual().start(() -> {
			try (Socket socket = server.accept()) {
				socket.getInputStream().read(new byte[4096]);
				if (!said.isEmpty()) {
					socket.getOutputStream()
						.write(("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n" + said).getBytes());
					socket.getOutputStream().flush();
				}
				end.await();
			}
			catch (IOException | InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		});
		return server;
	}

}
