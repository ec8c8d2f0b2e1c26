package io.punctual.local.edge;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

import io.punctual.local.edge.gateway.GatewayServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How a connection goes on, or does not, after an answer.
 */
class ConnectionTests {

	private static final String GET = "GET /books/1 HTTP/1.1\r\nHost: a\r\n\r\n";

	private static Shop shop;

	private static TestEdge edge;

	@BeforeAll
	static void start() throws IOException {
		shop = new Shop();
		edge = TestEdge.bookshop(shop, "http://localhost:1");
	}

	@AfterAll
	static void stop() {
		edge.close();
		shop.close();
	}

	@Test
	void answersRequestsThatAreSentTogetherInTheirOrder() throws IOException {
		String all = said(GET + GET.replace("/books/1", "/nothing") + closing(GET));
		assertThat(all.split("HTTP/1.1 ", -1)).hasSize(4);
		assertThat(all.indexOf("HTTP/1.1 200")).isLessThan(all.indexOf("HTTP/1.1 403"));
		assertThat(all.lastIndexOf("HTTP/1.1 200")).isGreaterThan(all.indexOf("HTTP/1.1 403"));
	}

	@Test
	void takesABodyInChunks() throws IOException {
		String all = said(closing("POST /books HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\n"
				+ "Transfer-Encoding: chunked\r\n\r\n") + "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
		assertThat(all).startsWith("HTTP/1.1 200");
		assertThat(shop.last().body()).isEqualTo("abcde");
	}

	@Test
	void takesWhatIsLeftOfABodyForNoRequest() throws IOException {
		String smuggled = "GET /books/smuggled HTTP/1.1\r\nHost: a\r\n\r\n";
		said("POST /nothing HTTP/1.1\r\nHost: a\r\nContent-Length: " + smuggled.length() + "\r\n\r\n" + smuggled
				+ closing(GET));
		assertThat(shop.last().target()).isEqualTo("/api/books/1");
	}

	@Test
	void endsAConnectionWhoseBodyHasTwoLengths() throws IOException {
		String all = said("POST /books HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\nContent-Length: 50\r\n"
				+ "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + GET.replace("/1", "/smuggled"));
		assertThat(all.split("HTTP/1.1 ", -1)).hasSize(2);
		assertThat(shop.last().target()).isNotEqualTo("/api/books/smuggled");
	}

	@Test
	void asksForABodyThatWaitsOnceItIsWanted() throws IOException {
		try (Socket socket = new Socket("localhost", edge.port())) {
			socket.setSoTimeout(60_000);
			write(socket, "POST /books HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\nConnection: close\r\n"
					+ "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n");
			InputStream in = socket.getInputStream();
			assertThat(new String(in.readNBytes(12), StandardCharsets.UTF_8)).isEqualTo("HTTP/1.1 100");
			write(socket, "ab");
			assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).contains("HTTP/1.1 200");
		}
		String refused = said("POST /nothing HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
		assertThat(refused).startsWith("HTTP/1.1 403").contains("Connection: close");
	}

	@Test
	void endsWhatIsUnderWayBeforeItStops() throws Exception {
		try (Shop slow = new Shop(); TestEdge stopping = TestEdge.bookshop(slow, "http://localhost:1")) {
			try (Socket socket = new Socket("localhost", stopping.port());
					Socket idle = new Socket("localhost", stopping.port())) {
				socket.setSoTimeout(60_000);
				write(socket, "GET /stream HTTP/1.1\r\nHost: a\r\n\r\n");
				assertThat(socket.getInputStream().read()).isEqualTo('H');
				Thread end = Thread.ofVirtual().start(stopping::close);
				awaitClosed(stopping);
				slow.goOn();
				end.join();
				assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
					.contains("second");
				assertThat(idle.isConnected()).isTrue();
			}
		}
	}

	@Test
	void answersAnOldClientAndEnds() throws IOException {
		assertThat(said("GET /books/1 HTTP/1.0\r\n\r\n")).startsWith("HTTP/1.1 200").contains("Connection: close");
	}

	private static void awaitClosed(TestEdge stopping) {
		long end = System.nanoTime() + 60_000_000_000L;
		GatewayServer server = stopping.bean(GatewayServer.class);
		while (server.isRunning()) {
			assertThat(System.nanoTime()).isLessThan(end);
			Thread.onSpinWait();
		}
	}

	private static String closing(String request) {
		return request.replaceFirst("\r\n\r\n", "\r\nConnection: close\r\n\r\n");
	}

	/**
	 * All that the edge says until it ends the connection.
	 */
	private static String said(String bytes) throws IOException {
		try (Socket socket = new Socket("localhost", edge.port())) {
			socket.setSoTimeout(60_000);
			write(socket, bytes);
			return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	private static void write(Socket socket, String bytes) throws IOException {
		OutputStream out = socket.getOutputStream();
		out.write(bytes.getBytes(StandardCharsets.ISO_8859_1));
		out.flush();
	}

}
