package io.punctual.delivery.dispatch;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

import io.punctual.delivery.DeliveryClock;
import io.punctual.delivery.Receiver;
import io.punctual.delivery.Receiver.Answer;
import io.punctual.delivery.World;
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
