package io.punctual.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

import io.punctual.delivery.Receiver.Answer;
import io.punctual.shared.id.Ids;
import io.punctual.testing.Instance;
import io.punctual.testing.TestDatabase;
import io.punctual.testing.database.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Several instances, of one release and of two, on one schema; and a database that goes
 * away and comes back.
 */
class ReleaseTests {

	static {
		World.writeKeyFile();
	}

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	/**
	 * A server that takes packets and answers none is noticed by the driver's timeout of
	 * twenty seconds, and readiness asks it twice.
	 */
	private static final Duration FROZEN = Duration.ofSeconds(90);

	private final Receiver receiver = new Receiver();

	@AfterEach
	void close() {
		this.receiver.close();
	}

	@Test
	void aBadGreenSendsNoWebhook() {
		try (TestDatabase database = TestDatabase.create()) {
			start(database, "blue").close();
			try (Instance green = start(database, "green")) {
				World world = World.of(green);
				String client = world.client();
				String endpoint = world.endpoint(client, this.receiver.url("/hook"));
				String obligation = publish(world, client, endpoint);
				String check = Ids.next("ver");
				world.sql("""
						INSERT INTO endpoint_check (check_id, endpoint_id, client_id, kind, state, attempts, next_at)
						VALUES (?, ?, ?, 'TEST', 'PENDING', 0, UTC_TIMESTAMP(6))""", check, endpoint, client);
				await().during(Duration.ofSeconds(4)).atMost(PATIENCE).until(() -> this.receiver.messages().isEmpty());
				assertThat(green.isReady()).isTrue();
				assertThat(green.get("/v1/deliveries?client=" + client).body()).contains("\"state\":\"PENDING\"");
				assertThat(world.count("SELECT COUNT(*) FROM endpoint_queue WHERE state = 'READY'")).isEqualTo(1);

				green.postInternal("/internal/releases/green/activate");
				await().atMost(PATIENCE).until(() -> "DELIVERED".equals(world.stateOf(obligation, endpoint)));
				await().atMost(PATIENCE).until(() -> this.receiver.messages().size() == 2);
			}
		}
	}

	@Test
	void aDrainingReleaseFinishesWhatItHasBegunAndBeginsNothing() throws InterruptedException {
		CountDownLatch mayAnswer = new CountDownLatch(1);
		this.receiver.answering((message) -> {
			if (message.path().equals("/slow")) {
				try {
					mayAnswer.await();
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
				}
			}
			return Answer.of(204);
		});
		try (TestDatabase database = TestDatabase.create();
				Instance blue = start(database, "blue");
				Instance green = start(database, "green")) {
			World world = World.of(blue);
			String client = world.client();
			String slow = world.endpoint(client, this.receiver.url("/slow"));
			String other = world.endpoint(client, this.receiver.url("/other"));
			String begun = publish(world, client, slow);
			await().atMost(PATIENCE).until(() -> this.receiver.messages("/slow").size() == 1);
			green.postInternal("/internal/releases/green/activate");
			await().atMost(PATIENCE).until(() -> isWorking(green) && !isWorking(blue));
			String next = publish(world, client, other);
			await().atMost(PATIENCE).until(() -> "DELIVERED".equals(world.stateOf(next, other)));
			assertThat(world.stateOf(begun, slow)).isEqualTo("PENDING");
			mayAnswer.countDown();
			await().atMost(PATIENCE).until(() -> "DELIVERED".equals(world.stateOf(begun, slow)));
			assertThat(this.receiver.messages()).hasSize(2);
		}
	}

	@Test
	void twoInstancesShareTheEndpointsAndSendNothingTwice() {
		try (TestDatabase database = TestDatabase.create();
				Instance one = start(database, "blue");
				Instance two = start(database, "blue")) {
			World world = World.of(one);
			World other = World.of(two);
			Map<String, List<String>> endpoints = new LinkedHashMap<>();
			for (int i = 0; i < 60; i++) {
				String client = world.client();
				endpoints.put(client, List.of(world.endpoint(client, this.receiver.url("/hook"))));
			}
			List<String> owed = new ArrayList<>();
			for (int i = 0; i < 5; i++) {
				owed.addAll(obligations(world.publish(Ids.next("not"), Duration.ofMinutes(5), endpoints)));
				owed.addAll(obligations(other.publish(Ids.next("not"), Duration.ofMinutes(5), endpoints)));
			}
			await().atMost(PATIENCE)
				.until(() -> world.count("SELECT COUNT(*) FROM delivery WHERE state = 'DELIVERED'") == owed.size());
			assertThat(this.receiver.messages()).hasSize(owed.size());
			assertThat(world.count("SELECT COUNT(*) FROM attempt")).isEqualTo(owed.size());
		}
	}

	@Test
	void deliversOnceTheDatabaseIsBack() {
		try (TestServer server = TestServer.start();
				TestDatabase database = TestDatabase.on(server);
				Instance service = start(database, "blue")) {
			World world = World.of(service);
			String client = world.client();
			String endpoint = world.endpoint(client, this.receiver.url("/hook"));
			List<String> owed = new ArrayList<>();
			this.receiver.answering((message) -> Answer.of(503));
			for (int i = 0; i < 5; i++) {
				owed.add(publish(world, client, endpoint));
			}
			await().atMost(PATIENCE).until(() -> !this.receiver.messages().isEmpty());
			server.interrupt();
			this.receiver.answering((message) -> Answer.of(204));
			await().atMost(FROZEN).until(() -> !service.isReady());
			server.resume();
			await().atMost(PATIENCE).until(service::isReady);
			await().atMost(PATIENCE)
				.untilAsserted(() -> assertThat(owed)
					.allSatisfy((id) -> assertThat(world.stateOf(id, endpoint)).isEqualTo("DELIVERED")));
		}
	}

	private static Instance start(TestDatabase database, String release) {
		return Instance.start(DeliveryApplication.class, database, "punctual.events.reading=false",
				"punctual.targets.allow-loopback=true", "punctual.secrets.key-file=target/test-secrets.key",
				"punctual.release.id=" + release, "punctual.release.gate=guarded", "punctual.release.look=100ms");
	}

	private static boolean isWorking(Instance instance) {
		return instance.getInternal("/internal/releases").body().contains("\"working\":true");
	}

	private static String publish(World world, String client, String endpoint) {
		return obligations(world.publish(Ids.next("not"), Duration.ofMinutes(5), Map.of(client, List.of(endpoint))))
			.getFirst();
	}

	private static List<String> obligations(World.Publication publication) {
		return publication.owed().stream().map((owed) -> owed.obligationId()).toList();
	}

}
