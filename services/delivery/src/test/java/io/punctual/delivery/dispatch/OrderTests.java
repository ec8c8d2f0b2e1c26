package io.punctual.delivery.dispatch;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import io.punctual.delivery.DeliveryClock;
import io.punctual.delivery.Receiver;
import io.punctual.delivery.Receiver.Answer;
import io.punctual.delivery.World;
import io.punctual.delivery.World.Publication;
import io.punctual.shared.contract.ClientUpserted;
import io.punctual.shared.events.EventSubscriber;
import io.punctual.shared.id.Ids;
import io.punctual.shared.secret.SecretBox;
import io.punctual.shared.transaction.Transactions;
import io.punctual.testing.PunctualTest;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What goes before what, and to whom nothing goes any more.
 */
@PunctualTest(
		properties = { "punctual.targets.allow-loopback=true", "punctual.secrets.key-file=target/test-secrets.key" })
class OrderTests {

	static {
		World.writeKeyFile();
	}

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final Receiver receiver = new Receiver();

	private World world;

	private String client;

	private String endpoint;

	@BeforeEach
	void meet(@Autowired List<EventSubscriber> subscribers, @Autowired Transactions transactions,
			@Autowired SecretBox box, @Autowired JsonMapper json, @Autowired JdbcClient jdbc,
			@Autowired DeliveryClock clock) {
		this.world = new World(subscribers, transactions, box, json, jdbc, clock);
		this.client = this.world.client();
		this.endpoint = this.world.endpoint(this.client, this.receiver.url("/hook"));
	}

	@AfterEach
	void close() {
		this.receiver.close();
	}

	@Test
	void aNewUpdateMakesTheRefusedOneOfItsNoticeDueNowAndFollowsIt() {
		AtomicBoolean well = new AtomicBoolean();
		this.receiver.answering((message) -> Answer.of(well.get() ? 200 : 422));
		String notice = Ids.next("not");
		String first = publish(notice);
		Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> this.world.count("SELECT COUNT(*) FROM delivery WHERE obligation_id = ? AND rejected",
					first) == 1);
		well.set(true);
		String second = publish(notice);
		Awaitility.await().atMost(PATIENCE).until(() -> "DELIVERED".equals(this.world.stateOf(second, this.endpoint)));
		assertThat(this.world.stateOf(first, this.endpoint)).isEqualTo("DELIVERED");
		assertThat(this.receiver.messages()
			.stream()
			.map((message) -> message.body().replaceAll(".*\"clientSeq\":(\\d+),.*", "$1")))
			.containsExactly("1", "1", "2");
	}

	@Test
	void whatWaitsForReceiversThatAreWellAgainComesInTheOrderInWhichItWasSaid() {
		AtomicBoolean well = new AtomicBoolean();
		List<Receiver.Message> taken = new CopyOnWriteArrayList<>();
		this.receiver.answering((message) -> Answer.of((well.get() && taken.add(message)) ? 200 : 503));
		Map<String, List<String>> all = new HashMap<>();
		for (int i = 0; i < 5; i++) {
			String client = this.world.client();
			all.put(client, List.of(this.world.endpoint(client, this.receiver.url("/" + i))));
		}
		String notice = Ids.next("not");
		List<Publication> said = Stream.generate(() -> this.world.publish(notice, Duration.ofMinutes(1), all))
			.limit(4)
			.toList();
		Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> all.values()
				.stream()
				.allMatch(
						(own) -> this.world.count(
								"SELECT COUNT(*) FROM endpoint_queue WHERE endpoint_id = ?"
										+ " AND state = 'WAITING' AND failing_since IS NOT NULL",
								own.getFirst()) == 1));
		well.set(true);
		// They are due at once and together, as after an outage that all of them had.
		all.values()
			.forEach((own) -> this.world.sql("UPDATE endpoint_queue SET next_at = UTC_TIMESTAMP(6)"
					+ " WHERE endpoint_id = ? AND state = 'WAITING'", own.getFirst()));
		Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> said.stream()
				.flatMap((one) -> one.owed().stream())
				.allMatch((owed) -> "DELIVERED"
					.equals(this.world.stateOf(owed.obligationId(), owed.endpointIds().getFirst()))));
		for (int i = 0; i < 5; i++) {
			String path = "/" + i;
			assertThat(taken.stream()
				.filter((message) -> message.path().equals(path))
				.map((message) -> message.header("webhook-id")))
				.containsExactlyElementsOf(said.stream().map(Publication::updateId).toList());
		}
	}

	@Test
	void nothingGoesToWhoeverIsAClientNoLonger() {
		this.receiver.answering((message) -> Answer.of(503));
		String obligation = publish(Ids.next("not"));
		Awaitility.await().atMost(PATIENCE).until(() -> !this.receiver.messages().isEmpty());
		this.world.tell("clients", ClientUpserted.TYPE,
				new ClientUpserted(this.client, this.client, "A client", ClientUpserted.State.REMOVED, false));
		Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> "SKIPPED".equals(this.world.stateOf(obligation, this.endpoint)));
		assertThat(this.world.text("SELECT reason FROM delivery WHERE obligation_id = ?", obligation))
			.isEqualTo("the client is removed");
	}

	@Test
	void aRedirectIsNotFollowed() {
		this.receiver.answering((message) -> message.path().equals("/hook")
				? new Answer(307, "", Map.of("Location", this.receiver.url("/elsewhere"))) : Answer.of(200));
		String obligation = publish(Ids.next("not"));
		Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> this.world.count(
					"SELECT COUNT(*) FROM attempt WHERE status = 307 AND delivery_id = (SELECT delivery_id FROM delivery WHERE obligation_id = ?)",
					obligation) >= 1);
		assertThat(this.receiver.messages("/elsewhere")).isEmpty();
		assertThat(this.world.stateOf(obligation, this.endpoint)).isNotEqualTo("DELIVERED");
	}

	private String publish(String notice) {
		return this.world.publish(notice, Duration.ofMinutes(1), Map.of(this.client, List.of(this.endpoint)))
			.owed()
			.getFirst()
			.obligationId();
	}

}
