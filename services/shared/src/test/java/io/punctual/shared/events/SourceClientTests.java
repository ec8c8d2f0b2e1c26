package io.punctual.shared.events;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpServer;
import io.punctual.shared.security.ServiceTokens;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Whatever a source does, its reader only finds it unavailable.
 */
class SourceClientTests {

	private final AtomicInteger forgotten = new AtomicInteger();

	private final List<String> asked = new ArrayList<>();

	private HttpServer server;

	private int status = 200;

	private String body = "";

	private SourceClient client;

	@BeforeEach
	void start() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.createContext("/", (exchange) -> {
			this.asked.add(exchange.getRequestURI() + " " + exchange.getRequestHeaders().getFirst("Authorization"));
			byte[] bytes = this.body.getBytes(StandardCharsets.UTF_8);
			exchange.sendResponseHeaders(this.status, bytes.length);
			exchange.getResponseBody().write(bytes);
			exchange.close();
		});
		this.server.start();
		this.client = client(new ServiceTokens() {

			@Override
			public String token() {
				return "token";
			}

			@Override
			public void forget() {
				SourceClientTests.this.forgotten.incrementAndGet();
			}

		});
	}

	@AfterEach
	void stop() {
		this.server.stop(0);
	}

	@Test
	void pageIsAskedForWithTheServicesToken() {
		this.body = """
				{"epoch":"E","head":7,"tail":1,"asOf":"2026-01-01T00:00:00.5Z","events":[{"specversion":"1.0",
				"id":"E-7","source":"s","type":"t","subject":"x","time":"2026-01-01T00:00:00Z","sequence":"7",
				"correlationid":"c","ignorable":true,"later":1,"data":{"a":1}}]}""";
		ReceivedPage page = this.client.poll(6, Duration.ofSeconds(2), 10);
		assertThat(this.asked).containsExactly("/internal/events?after=6&wait=2&limit=10&gather=30 Bearer token");
		assertThat(page.asOf()).isEqualTo(Instant.parse("2026-01-01T00:00:00.5Z"));
		assertThat(page.events()).singleElement().satisfies((event) -> {
			assertThat(event.position()).isEqualTo(7);
			assertThat(event.ignorable()).isTrue();
		});
	}

	@Test
	void refusedTokenIsForgotten() {
		this.status = 401;
		assertUnavailable("answers 401");
		assertThat(this.forgotten).hasValue(1);
	}

	@Test
	void failuresAndNonsenseAreUnavailability() {
		this.status = 503;
		assertUnavailable("answers 503");
		this.status = 200;
		this.body = "<html>";
		assertUnavailable("something else");
		this.body = "{\"epoch\":\"E\"}";
		assertUnavailable("something else");
		this.server.stop(0);
		assertUnavailable("does not answer");
	}

	@Test
	void missingTokenIsUnavailability() {
		this.client = client(() -> {
			throw new IllegalStateException("the issuer is down");
		});
		assertUnavailable("the issuer is down");
	}

	@Test
	void cutOffSnapshotIsUnavailability() {
		this.body = "{\"epoch\":\"E\",\"position\":1,\"asOf\":\"2026-01-01T00:00:00Z\"}\n";
		assertThatExceptionOfType(SourceUnavailableException.class).isThrownBy(() -> this.client.snapshot());
	}

	private SourceClient client(ServiceTokens tokens) {
		return new SourceClient(HttpClient.newHttpClient(),
				() -> URI.create("http://localhost:" + this.server.getAddress().getPort()), Duration.ofMillis(30),
				tokens);
	}

	private void assertUnavailable(String message) {
		assertThatExceptionOfType(SourceUnavailableException.class)
			.isThrownBy(() -> this.client.poll(0, Duration.ZERO, 10))
			.withMessageContaining(message);
	}

}
