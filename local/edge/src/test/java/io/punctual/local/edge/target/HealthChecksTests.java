package io.punctual.local.edge.target;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * That pools are asked over HTTP, and what follows from their answers.
 */
class HealthChecksTests {

	private final AtomicInteger status = new AtomicInteger(200);

	private final AtomicInteger asked = new AtomicInteger();

	private HttpServer blue;

	private HttpServer green;

	private final Targets targets = Targets.of(Map.of(), Map.of());

	@BeforeEach
	void start() throws IOException {
		this.blue = server(this.status);
		this.green = server(new AtomicInteger(200));
		this.targets.set("a", List.of(new Pool("blue", url(this.blue), 100), new Pool("green", url(this.green), 1)));
	}

	@AfterEach
	void stop() {
		this.blue.stop(0);
		this.green.stop(0);
	}

	private HttpServer server(AtomicInteger answer) throws IOException {
		HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.createContext("/ready", (exchange) -> {
			this.asked.incrementAndGet();
			exchange.sendResponseHeaders(answer.get(), -1);
			exchange.close();
		});
		server.start();
		return server;
	}

	private static URI url(HttpServer server) {
		return URI.create("http://localhost:" + server.getAddress().getPort());
	}

	@Test
	void takesAPoolOutWhileItIsNotReadyAndBringsItBack() {
		try (HealthChecks checks = new HealthChecks(this.targets, "/ready", Duration.ofMillis(30))) {
			assertThat(checks).isNotNull();
			this.status.set(503);
			await(() -> !isHealthy("blue"));
			for (int i = 0; i < 50; i++) {
				assertThat(next().name()).isEqualTo("green");
			}
			this.status.set(200);
			await(() -> isHealthy("blue"));
			assertThat(isHealthy("green")).isTrue();
		}
	}

	@Test
	void takesAPoolOutThatDoesNotAnswerAtAll() {
		try (HealthChecks checks = new HealthChecks(this.targets, "/ready", Duration.ofMillis(30))) {
			assertThat(checks).isNotNull();
			this.blue.stop(0);
			await(() -> !isHealthy("blue"));
		}
	}

	@Test
	void asksNobodyWhereThereIsOnePool() {
		this.targets.set("a", List.of(new Pool("blue", url(this.blue), 1)));
		this.targets.set("b", List.of(new Pool("green", url(this.green), 1), new Pool("blue", url(this.blue), 1)));
		try (HealthChecks checks = new HealthChecks(this.targets, "/ready", Duration.ofMillis(30))) {
			assertThat(checks).isNotNull();
			this.status.set(503);
			await(() -> this.asked.get() > 6);
			assertThat(isHealthy("blue")).isTrue();
		}
	}

	private boolean isHealthy(String name) {
		return this.targets.all()
			.getOrDefault("a", List.of())
			.stream()
			.filter((pool) -> pool.name().equals(name))
			.allMatch(Pool::isHealthy);
	}

	private Pool next() {
		return Objects.requireNonNull(this.targets.next("a", 80));
	}

	private static void await(BooleanSupplier condition) {
		long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
		while (!condition.getAsBoolean()) {
			assertThat(System.nanoTime()).as("in time").isLessThan(end);
			Thread.onSpinWait();
		}
	}

}
