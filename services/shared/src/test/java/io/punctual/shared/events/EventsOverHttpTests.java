package io.punctual.shared.events;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MeterRegistry;
import io.punctual.shared.security.ServiceTokens;
import io.punctual.shared.time.DatabaseClock;
import io.punctual.shared.transaction.Transactions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.BadJwtException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two applications as the services are, one reading the other's log over HTTP.
 */
class EventsOverHttpTests {

	private static LogDatabase producing;

	private static LogDatabase consuming;

	private static ConfigurableApplicationContext producer;

	private static ConfigurableApplicationContext consumer;

	@BeforeAll
	static void start() {
		producing = LogDatabase.create(4);
		consuming = LogDatabase.create(4);
		producer = run(producing, "producer", Producing.class);
		consumer = run(consuming, "consumer", Consuming.class, "--punctual.sources.producer.url=" + url(producer));
	}

	@AfterAll
	static void stop() {
		consumer.close();
		producer.close();
		consuming.close();
		producing.close();
	}

	private static ConfigurableApplicationContext run(LogDatabase database, String name, Class<?> configuration,
			String... more) {
		List<String> arguments = new ArrayList<>(List.of("--server.port=0", "--spring.application.name=" + name,
				"--punctual.log.format=plain", "--spring.datasource.url=" + database.dataSource.getJdbcUrl(),
				"--spring.datasource.username=" + database.dataSource.getUsername(),
				"--spring.datasource.password=" + database.dataSource.getPassword(),
				"--spring.flyway.locations=classpath:db/shared"));
		arguments.addAll(List.of(more));
		return SpringApplication.run(new Class<?>[] { configuration, Tokens.class }, arguments.toArray(String[]::new));
	}

	private static String url(ConfigurableApplicationContext context) {
		return "http://localhost:" + context.getEnvironment().getRequiredProperty("local.server.port");
	}

	@Test
	void commitEndsThePollThatWaitsForItAndTheEventKeepsItsCorrelationId() throws Exception {
		Received received = consumer.getBean(Received.class);
		EventReader reader = consumer.getBean(EventReaders.class).of("producer");
		for (int i = 0; i < 40; i++) {
			append("thing_" + i, "cor-" + i);
			long committed = System.nanoTime();
			String expected = "thing_" + i + " cor-" + i;
			while (!received.events.contains(expected)) {
				Thread.sleep(1);
				assertThat(System.nanoTime() - committed).as("the poll itself ends after 20 s")
					.isLessThan(TimeUnit.SECONDS.toNanos(18));
			}
		}
		assertThat(reader.position()).isGreaterThanOrEqualTo(40);
	}

	@Test
	void pullMovesAsOfWithoutNewEvents() {
		EventReader reader = consumer.getBean(EventReaders.class).of("producer");
		Instant before = producer.getBean(DatabaseClock.class).now();
		Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
			reader.pull();
			assertThat(reader.asOf()).isAfterOrEqualTo(before);
		});
	}

	@Test
	void readerIsMeasuredAndItsHealthIsTold() {
		consumer.getBean(EventReaders.class).of("producer").pull();
		consumer.getBean(ReaderMeters.class).measure();
		MeterRegistry meters = consumer.getBean(MeterRegistry.class);
		for (String name : List.of("reader.lag", "reader.age", "reader.halted", "parked")) {
			assertThat(meters.get("punctual.events." + name).tag("source", "producer").gauge().value()).isBetween(0.0,
					60.0);
		}
		Health health = consumer.getBean(ReadersHealthIndicator.class).health();
		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails()).containsKey("producer");
		assertThat(producer.getBean(MeterRegistry.class).get("punctual.events.appended").counter().count())
			.isNotNegative();
	}

	@Test
	void pageIsOfCloudEvents() throws Exception {
		append("thing_page", "cor-page");
		HttpResponse<String> answer = get("/internal/events?after=0&limit=1000", "internal");
		JsonNode page = EventJson.MAPPER.readTree(answer.body());
		JsonNode event = page.required("events").get(0);
		assertThat(page.propertyNames()).containsExactlyInAnyOrder("epoch", "head", "tail", "asOf", "events");
		assertThat(event.required("specversion").asString()).isEqualTo("1.0");
		assertThat(event.required("source").asString()).isEqualTo("producer");
		assertThat(event.required("type").asString()).isEqualTo("thing.changed");
		assertThat(event.required("datacontenttype").asString()).isEqualTo("application/json");
		assertThat(event.required("data").isObject()).isTrue();
		assertThat(event.has("ignorable")).isFalse();
	}

	@Test
	void logIsForServicesOnly() throws Exception {
		assertThat(get("/internal/events", "provider").statusCode()).isEqualTo(403);
		assertThat(get("/internal/snapshot", "provider").statusCode()).isEqualTo(403);
		assertThat(get("/internal/events", "nonsense").statusCode()).isEqualTo(401);
	}

	@Test
	void parametersOutOfRangeAreRefused() throws Exception {
		assertThat(get("/internal/events?wait=26", "internal").statusCode()).isEqualTo(422);
		assertThat(get("/internal/events?limit=0", "internal").statusCode()).isEqualTo(422);
		assertThat(get("/internal/events?after=-1", "internal").statusCode()).isEqualTo(422);
	}

	@Test
	void snapshotIsTheStateAtAPosition() throws Exception {
		append("thing_snapshot", "cor-snapshot");
		String[] lines = get("/internal/snapshot", "internal").body().split("\n");
		JsonNode head = EventJson.MAPPER.readTree(lines[0]);
		assertThat(head.required("position").asLong()).isEqualTo(producing.log.head().pos());
		assertThat(EventJson.MAPPER.readTree(lines[1]).required("subject").asString()).isEqualTo("state");
		assertThat(EventJson.MAPPER.readTree(lines[2]).required("count").asInt()).isEqualTo(1);
	}

	@Test
	void openPollsDoNotDelayTheEndOfAService() throws Exception {
		LogDatabase database = LogDatabase.create(2);
		ConfigurableApplicationContext service = run(database, "third", Producing.class);
		CompletableFuture<HttpResponse<String>> poll = send(service, "/internal/events?wait=25", "internal");
		while (!service.getBean(LogWatch.class).isWaitedFor()) {
			Thread.sleep(1);
		}
		long began = System.nanoTime();
		service.close();
		assertThat(poll.get(60, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
		assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(20));
		database.close();
	}

	private static void append(String subject, String correlationId) {
		MDC.put("correlationId", correlationId);
		try {
			DatabaseClock clock = producer.getBean(DatabaseClock.class);
			producer.getBean(Transactions.class)
				.write(() -> producer.getBean(EventLog.class)
					.append(new NewEvent("thing.changed", subject, clock.now(), Map.of("name", subject))));
		}
		finally {
			MDC.remove("correlationId");
		}
	}

	private static HttpResponse<String> get(String path, String token) throws Exception {
		return send(producer, path, token).get(60, TimeUnit.SECONDS);
	}

	private static CompletableFuture<HttpResponse<String>> send(ConfigurableApplicationContext to, String path,
			String token) {
		HttpRequest request = HttpRequest.newBuilder(URI.create(url(to) + path))
			.header("Authorization", "Bearer " + token)
			.build();
		return HttpClient.newHttpClient().sendAsync(request, HttpResponse.BodyHandlers.ofString());
	}

	/**
	 * Makes tokens that say what they allow.
	 */
	@Configuration(proxyBeanMethods = false)
	static class Tokens {

		@Bean
		ServiceTokens serviceTokens() {
			return () -> "internal";
		}

		@Bean
		JwtDecoder jwtDecoder() {
			return (token) -> {
				if (token.equals("nonsense")) {
					throw new BadJwtException("nonsense");
				}
				return Jwt.withTokenValue(token)
					.header("alg", "none")
					.subject("service")
					.claim("scope", token.equals("internal") ? "punctual/internal" : "punctual/provider.read")
					.build();
			};
		}

	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	static class Producing {

		@Bean
		SnapshotSource state() {
			return (out) -> out.accept(new NewEvent("thing.changed", "state", Instant.now(), Map.of("name", "state")));
		}

	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	static class Consuming {

		@Bean
		Received received() {
			return new Received();
		}

	}

	/**
	 * Remembers what it was given, and under which correlation id.
	 */
	static class Received implements EventSubscriber {

		private final List<String> events = new CopyOnWriteArrayList<>();

		@Override
		public String source() {
			return "producer";
		}

		@Override
		public Set<String> types() {
			return Set.of("thing.changed");
		}

		@Override
		public void apply(List<Event> events) {
			events.forEach((event) -> this.events.add(event.subject() + " " + MDC.get("correlationId")));
		}

	}

}
