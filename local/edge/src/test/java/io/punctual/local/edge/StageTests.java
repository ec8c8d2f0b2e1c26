package io.punctual.local.edge;

import java.io.IOException;
import java.util.List;

import io.punctual.local.edge.TestEdge.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a stage and its usage plans add: cache, throttles, quotas, limits.
 */
class StageTests {

	private Shop shop;

	private TestEdge edge;

	@BeforeEach
	void start() throws IOException {
		this.shop = new Shop();
		this.edge = TestEdge.bookshop(this.shop, "http://localhost:1");
	}

	@AfterEach
	void stop() {
		this.edge.close();
		this.shop.close();
	}

	@Test
	void cachesByTheKeyParametersAlone() throws IOException {
		String first = this.edge.get("/cached/1?page=1").body();
		assertThat(this.edge.get("/cached/1?page=1").body()).isEqualTo(first);
		assertThat(this.edge.get("/cached/1?page=1&other=2", "X-Other: 1").body()).isEqualTo(first);
		assertThat(this.edge.get("/cached/1?page=2").body()).isNotEqualTo(first);
		assertThat(this.edge.get("/cached/2?page=1").body()).isNotEqualTo(first);
		assertThat(this.edge.get("/cached/1").body()).isNotEqualTo(first);
	}

	@Test
	void givesEachCachedAnswerARequestIdOfItsOwn() throws IOException {
		String first = this.edge.get("/cached/1").header("x-amzn-RequestId");
		assertThat(this.edge.get("/cached/1").header("x-amzn-RequestId")).isNotEqualTo(first);
	}

	@Test
	void doesNotCacheWhereTheStageDoesNotSaySo() throws IOException {
		assertThat(this.edge.get("/books/1").body()).isNotEqualTo(this.edge.get("/books/1").body());
	}

	@Test
	void doesNotCacheErrors() throws IOException {
		assertThat(this.edge.get("/cached/gone").status()).isEqualTo(410);
		this.edge.get("/cached/gone");
		assertThat(this.shop.count()).isEqualTo(2);
	}

	@Test
	void ignoresWhoMayNotRefreshTheCacheAndSaysSo() throws IOException {
		String first = this.edge.get("/cached/1").body();
		Reply reply = this.edge.get("/cached/1", "Cache-Control: max-age=0");
		assertThat(reply.body()).isEqualTo(first);
		assertThat(reply.header("Warning")).startsWith("199");
	}

	@Test
	void refusesWhoMayNotRefreshTheCacheWhereToldTo() throws IOException {
		assertThat(this.edge.get("/refused/1").status()).isEqualTo(200);
		assertThat(this.edge.get("/refused/1", "Cache-Control: max-age=0").status()).isEqualTo(403);
	}

	@Test
	void givesOutTheBurstAndNotOneMore() throws IOException {
		int admitted = 0;
		for (int i = 0; i < 4; i++) {
			admitted += (this.edge.get("/keyed", "x-api-key: bob-000000000000000000").status() == 200) ? 1 : 0;
		}
		assertThat(admitted).isEqualTo(2);
		Reply reply = this.edge.get("/keyed", "x-api-key: bob-000000000000000000");
		assertThat(reply.status()).isEqualTo(429);
		assertThat(reply.body()).isEqualTo("{\"message\":\"Too Many Requests\"}");
		assertThat(reply.header("x-amzn-ErrorType")).isEqualTo("TooManyRequestsException");
	}

	@Test
	void throttlesEachKeyByItself() throws IOException {
		for (int i = 0; i < 3; i++) {
			this.edge.get("/keyed", "x-api-key: bob-000000000000000000");
		}
		assertThat(this.edge.get("/keyed", "x-api-key: ann-000000000000000000").status()).isEqualTo(200);
		assertThat(this.shop.last().headers().get("X-Key")).containsExactly("ann");
	}

	@Test
	void endsAQuotaInTheFormTheDocumentGives() throws IOException {
		for (int i = 0; i < 3; i++) {
			assertThat(this.edge.get("/keyed", "x-api-key: ann-000000000000000000").status()).isEqualTo(200);
		}
		Reply reply = this.edge.get("/keyed", "x-api-key: ann-000000000000000000");
		assertThat(reply.status()).isEqualTo(429);
		assertThat(reply.header("Retry-After")).isEqualTo("3600");
		assertThat(reply.header("x-amzn-ErrorType")).isEqualTo("LimitExceededException");
		assertThat(reply.body()).isEqualTo("{\"said\":\"Limit Exceeded\",\"type\":\"QUOTA_EXCEEDED\",\"id\":\""
				+ reply.header("x-amzn-RequestId") + "\"}");
	}

	@Test
	void admitsTheRateAtTenTimesTheRate() throws Exception {
		long first = System.nanoTime();
		assertThat(this.edge.get("/slowly").status()).isEqualTo(200);
		long begun = System.nanoTime();
		long asked = begun;
		boolean refused = false;
		int admitted = 1;
		long stood = 0;
		// Until a refusal: then nothing is left of what the burst saves up while a busy
		// machine lets nobody ask. While it lets nobody ask for long, the burst is full.
		while (asked - begun - stood < 3_000_000_000L || !refused) {
			Thread.sleep(4);
			long before = asked;
			asked = System.nanoTime();
			stood += (asked - before > 500_000_000L) ? asked - before : 0;
			refused = this.edge.get("/slowly").status() != 200;
			admitted += refused ? 0 : 1;
		}
		long answered = System.nanoTime();
		assertThat((double) admitted).isBetween(39 + 20 * (asked - begun - stood) / 1_000_000_000.0,
				41 + 20 * (answered - first) / 1_000_000_000.0);
	}

	@Test
	void refusesABodyOver10Megabytes() throws IOException {
		String body = "x".repeat(10 * 1024 * 1024 + 1);
		Reply reply = this.edge.send("POST", "/books", List.of("Content-Type: text/plain"), body);
		assertThat(reply.status()).isEqualTo(413);
		assertThat(this.shop.count()).isZero();
	}

	@Test
	void refusesHeadersOver10Kilobytes() throws IOException {
		Reply reply = this.edge.get("/books/1", "X-Long: " + "x".repeat(10_240));
		assertThat(reply.status()).isEqualTo(413);
	}

	@Test
	void keepsTheTraceThatComesAndBeginsOneOtherwise() throws IOException {
		this.edge.get("/books/1", "X-Amzn-Trace-Id: Root=1-5759e988-bd862e3fe1be46a994272793");
		assertThat(this.shop.last().headers().get("X-Amzn-Trace-Id"))
			.containsExactly("Root=1-5759e988-bd862e3fe1be46a994272793");
		this.edge.get("/books/1");
		assertThat(String.join("", this.shop.last().headers().getOrDefault("X-Amzn-Trace-Id", List.of())))
			.matches("Root=1-[0-9a-f]{8}-[0-9a-f]{24}");
	}

	@Test
	void streamsWhatTheDocumentSaysIsStreamed() throws IOException {
		try (java.net.Socket socket = new java.net.Socket("localhost", this.edge.port())) {
			socket.setSoTimeout(60_000);
			socket.getOutputStream().write("GET /stream HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".getBytes());
			String read = "";
			while (!read.contains("first")) {
				read += (char) socket.getInputStream().read();
			}
			// The rest is not even written yet.
			this.shop.goOn();
			assertThat(new String(socket.getInputStream().readAllBytes())).contains("second");
		}
	}

}
