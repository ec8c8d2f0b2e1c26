package io.punctual.shared.security;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

import com.sun.net.httpserver.HttpServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class ClientCredentialsTokensTests {

	private final List<String> requests = new CopyOnWriteArrayList<>();

	private HttpServer issuer;

	private volatile int status = 200;

	private volatile int expiresIn = 3600;

	@BeforeEach
	void start() throws IOException {
		this.issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.issuer.createContext("/oauth2/token", (exchange) -> {
			this.requests.add(exchange.getRequestHeaders().getFirst("Authorization") + " "
					+ new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
			byte[] body = ("{\"access_token\":\"token-" + this.requests.size() + "\",\"token_type\":\"Bearer\","
					+ "\"expires_in\":" + this.expiresIn + ",\"scope\":\"punctual/internal\"}")
				.getBytes(StandardCharsets.UTF_8);
			exchange.getResponseHeaders().set("Content-Type", "application/json");
			exchange.sendResponseHeaders(this.status, body.length);
			exchange.getResponseBody().write(body);
			exchange.close();
		});
		this.issuer.start();
	}

	@AfterEach
	void stop() {
		this.issuer.stop(0);
	}

	@Test
	void asksOnceForManyCallers() throws InterruptedException {
		ServiceTokens tokens = tokens("service");
		List<Thread> threads = new ArrayList<>();
		for (int i = 0; i < 20; i++) {
			threads.add(Thread.ofVirtual().start(() -> assertThat(tokens.token()).isEqualTo("token-1")));
		}
		for (Thread thread : threads) {
			thread.join();
		}
		assertThat(this.requests)
			.containsExactly("Basic c2VydmljZTpzZWNyZXQ= grant_type=client_credentials&scope=punctual%2Finternal");
	}

	@Test
	void keepsATokenThatIsStillValidWhileTheIssuerFails() {
		this.expiresIn = 3;
		AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-23T12:00:00Z"));
		ServiceTokens tokens = tokens("service", ((InstantSource) now::get).withZone(ZoneOffset.UTC));
		assertThat(tokens.token()).isEqualTo("token-1");
		this.status = 500;
		now.set(now.get().plusMillis(1500));
		assertThat(tokens.token()).isEqualTo("token-1");
		assertThat(this.requests).hasSize(2);
		now.set(now.get().plusMillis(2000));
		assertThatExceptionOfType(RestClientException.class).isThrownBy(tokens::token);
		this.status = 200;
		assertThat(tokens.token()).isEqualTo("token-4");
	}

	@Test
	void asksAgainForARefusedTokenButNotForEachRefusal() {
		AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-23T12:00:00Z"));
		ServiceTokens tokens = tokens("service", ((InstantSource) now::get).withZone(ZoneOffset.UTC));
		for (int refusal = 0; refusal < 10; refusal++) {
			assertThat(tokens.token()).isEqualTo("token-1");
			tokens.forget();
		}
		now.set(now.get().plusSeconds(61));
		tokens.forget();
		assertThat(tokens.token()).isEqualTo("token-2");
		assertThat(this.requests).hasSize(2);
	}

	@Test
	void namesTheSettingsThatAreMissing() {
		assertThatIllegalStateException().isThrownBy(() -> tokens(null).token())
			.withMessageContaining("punctual.identity.client-id");
	}

	private ServiceTokens tokens(@Nullable String clientId) {
		return tokens(clientId, Clock.systemUTC());
	}

	private ServiceTokens tokens(@Nullable String clientId, Clock clock) {
		String url = "http://127.0.0.1:" + this.issuer.getAddress().getPort();
		return new ClientCredentialsTokens(new IdentityProperties(url, null, null, clientId, "secret"),
				RestClient.create(), clock);
	}

}
