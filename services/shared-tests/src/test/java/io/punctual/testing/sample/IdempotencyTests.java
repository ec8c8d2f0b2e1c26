package io.punctual.testing.sample;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.web.servlet.client.EntityExchangeResult;

import static org.assertj.core.api.Assertions.assertThat;

class IdempotencyTests extends SampleTest {

	@LocalServerPort
	private int port;

	@BeforeEach
	void startAnew() {
		Slowness.reset();
	}

	@Test
	void wantsAKey() {
		assertThat(errors(problem(this.api.provider()
			.post()
			.uri("/v1/things")
			.header("Content-Type", "application/json")
			.body("{\"name\":\"keyless\"}")
			.exchange(), 400, "idempotency-key-missing"))).containsOnlyKeys("Idempotency-Key");
		problem(create("x".repeat(256), "{\"name\":\"keyless\"}"), 400, "idempotency-key-missing");
		assertThat(countOf("keyless")).isZero();
	}

	@Test
	void hasOneEffectAndOneAnswer() {
		EntityExchangeResult<byte[]> first = answer("twice", "{\"name\":\"twice\"}");
		EntityExchangeResult<byte[]> second = answer("twice", "{\"name\":\"twice\"}");
		assertThat(second.getResponseBody()).isEqualTo(first.getResponseBody());
		assertThat(second.getStatus()).isEqualTo(first.getStatus());
		for (String header : new String[] { "Location", "ETag", "Content-Type" }) {
			assertThat(second.getResponseHeaders().get(header)).isEqualTo(first.getResponseHeaders().get(header));
		}
		assertThat(first.getResponseHeaders().getFirst("Idempotency-Replayed")).isNull();
		assertThat(second.getResponseHeaders().getFirst("Idempotency-Replayed")).isEqualTo("true");
		assertThat(countOf("twice")).isOne();
	}

	@Test
	void refusesAKeyOfAnotherRequest() {
		create("other", "{\"name\":\"first\"}").expectStatus().isCreated();
		problem(create("other", "{\"name\":\"second\"}"), 422, "idempotency-key-reused");
		assertThat(countOf("second")).isZero();
	}

	@Test
	void letsEachCallerHaveItsOwnKeys() {
		create("own", "{\"name\":\"own\"}").expectStatus().isCreated();
		this.api.with(this.tokens.of("another-console", "punctual/provider.write"))
			.post()
			.uri("/v1/things")
			.header("Idempotency-Key", "own")
			.header("Content-Type", "application/json")
			.body("{\"name\":\"own\"}")
			.exchange()
			.expectStatus()
			.isCreated()
			.expectHeader()
			.doesNotExist("Idempotency-Replayed");
		assertThat(countOf("own")).isEqualTo(2);
	}

	@Test
	void keepsNoRefusal() {
		problem(create("refused", "{\"name\":\"refuse\"}"), 409, "conflict");
		problem(create("refused", "{\"name\":\"boom\"}"), 500, "internal");
		problem(create("refused", "{\"name\":\" \"}"), 422, "validation");
		create("refused", "{\"name\":\"accepted\"}").expectStatus().isCreated();
		assertThat(countOf("refuse") + countOf("boom")).isZero();
	}

	@Test
	void rollsBackWhatTheHandlerAnswersWithoutSuccess() throws Exception {
		// This answer has no problem document, so it does not go through the contract's
		// check.
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + "/v1/things"))
			.header("Authorization", "Bearer " + this.tokens.provider())
			.header("Idempotency-Key", "quiet")
			.header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString("{\"name\":\"refuse-quietly\"}"))
			.build();
		try (HttpClient http = HttpClient.newHttpClient()) {
			assertThat(http.send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(409);
		}
		assertThat(countOf("refuse-quietly")).isZero();
		create("quiet", "{\"name\":\"aloud\"}").expectStatus().isCreated();
	}

	@Test
	void forgetsAfterADay() {
		create("old", "{\"name\":\"old\"}").expectStatus().isCreated();
		this.jdbc
			.sql("UPDATE idempotency_key SET created_at = created_at - INTERVAL 24 HOUR - INTERVAL 1 SECOND"
					+ " WHERE idempotency_key = 'old'")
			.update();
		create("old", "{\"name\":\"new\"}").expectStatus().isCreated();
		assertThat(countOf("new")).isOne();
	}

	@Test
	void saysThatTheFirstRequestIsStillRunning() throws Exception {
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			Future<EntityExchangeResult<byte[]>> first = threads.submit(() -> answer("slow", "{\"name\":\"slow\"}"));
			Slowness.awaitEntered();
			long started = System.nanoTime();
			problem(create("slow", "{\"name\":\"slow\"}"), 409, "idempotency-in-flight");
			// Two seconds, and not five times two.
			assertThat((System.nanoTime() - started) / 1_000_000).isBetween(1500L, 9500L);
			Slowness.release();
			assertThat(first.get().getStatus().value()).isEqualTo(201);
			create("slow", "{\"name\":\"slow\"}").expectHeader().valueEquals("Idempotency-Replayed", "true");
		}
		assertThat(countOf("slow")).isOne();
	}

	@Test
	void waitsForAFirstRequestThatEndsSoon() throws Exception {
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			Callable<EntityExchangeResult<byte[]>> request = () -> answer("soon", "{\"name\":\"slow-soon\"}");
			Future<EntityExchangeResult<byte[]>> first = threads.submit(request);
			Slowness.awaitEntered();
			Future<EntityExchangeResult<byte[]>> second = threads.submit(request);
			Thread.sleep(300);
			Slowness.release();
			assertThat(second.get().getResponseBody()).isEqualTo(first.get().getResponseBody());
		}
		assertThat(countOf("slow-soon")).isOne();
	}

	@Test
	void hasOneEffectHoweverManyCome() throws Exception {
		List<Future<EntityExchangeResult<byte[]>>> answers = new ArrayList<>();
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			for (int i = 0; i < 16; i++) {
				answers.add(threads.submit(() -> answer("many", "{\"name\":\"many\"}")));
			}
		}
		for (Future<EntityExchangeResult<byte[]>> answer : answers) {
			assertThat(answer.get().getResponseBody()).isEqualTo(answers.getFirst().get().getResponseBody());
		}
		assertThat(countOf("many")).isOne();
	}

	private EntityExchangeResult<byte[]> answer(String key, String body) {
		return create(key, body).expectStatus().isCreated().expectBody(byte[].class).returnResult();
	}

}
