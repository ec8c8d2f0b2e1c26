package io.punctual.local.edge;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

import io.punctual.local.edge.TestEdge.Reply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * More connections than the edge has threads for.
 */
class ConnectionLimitTests {

	private static final String GET = "GET /books/1 HTTP/1.1\r\nHost: a\r\n\r\n";

	private static Shop shop;

	private static TestEdge edge;

	@BeforeAll
	static void start() throws IOException {
		shop = new Shop();
		edge = TestEdge.bookshop(shop, "http://localhost:1", List.of("--most-connections=2"));
	}

	@AfterAll
	static void stop() {
		edge.close();
		shop.close();
	}

	@Test
	void oneTooManyIsAnsweredAtOnceInTheDocumentsFormAndTheOthersGoOn() throws IOException {
		try (Socket first = open(); Socket second = open()) {
			// Not a byte is sent: the answer does not wait for a request.
			Reply refused = edge.raw("");
			assertThat(refused.status()).isEqualTo(429);
			assertThat(refused.header("x-amzn-ErrorType")).isEqualTo("TooManyRequestsException");
			assertThat(refused.header("Connection")).isEqualTo("close");
			assertThat(refused.header("x-amzn-RequestId")).isNotBlank();
			assertThat(refused.body()).contains("Too Many Requests");
			assertThat(edge.get("/books/1").status()).isEqualTo(429);
			assertThat(ask(first)).isEqualTo(200);
			assertThat(ask(second)).isEqualTo(200);
		}
	}

	@Test
	void theNextIsTakenOnceOneHasEnded() throws IOException {
		for (int round = 0; round < 3; round++) {
			try (Socket first = open(); Socket second = open()) {
				assertThat(edge.get("/books/1").status()).isEqualTo(429);
				second.close();
				awaitTaken();
				assertThat(ask(first)).isEqualTo(200);
			}
		}
	}

	@Test
	void aLimitBelowOneIsRefusedAtTheStart() {
		assertThatExceptionOfType(RuntimeException.class)
			.isThrownBy(() -> TestEdge.bookshop(shop, "http://localhost:1", List.of("--most-connections=0")).close())
			.havingRootCause()
			.withMessageContaining("most-connections is at least 1, not 0");
	}

	/**
	 * A connection that the edge has certainly taken.
	 */
	private static Socket open() throws IOException {
		long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
		while (true) {
			Socket socket = new Socket("localhost", edge.port());
			socket.setSoTimeout(60_000);
			if (ask(socket) == 200) {
				return socket;
			}
			socket.close();
			assertThat(System.nanoTime()).isLessThan(end);
			LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
		}
	}

	private static void awaitTaken() throws IOException {
		open().close();
	}

	private static int ask(Socket socket) throws IOException {
		socket.getOutputStream().write(GET.getBytes(StandardCharsets.UTF_8));
		socket.getOutputStream().flush();
		return TestEdge.read(socket.getInputStream()).status();
	}

}
