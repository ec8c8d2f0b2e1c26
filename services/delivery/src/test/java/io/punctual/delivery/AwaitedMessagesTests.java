package io.punctual.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.punctual.shared.contract.AgreementTerms.Objective;
import io.punctual.shared.contract.EscalationsChanged;
import io.punctual.shared.contract.OnCallChanged;
import io.punctual.shared.contract.StatementClosed;
import io.punctual.shared.id.Ids;
import io.punctual.testing.Instance;
import io.punctual.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Two releases on one schema, of which the former knows some kinds of messages not: what
 * it finds there it would send as an update.
 */
class AwaitedMessagesTests {

	static {
		World.writeKeyFile();
	}

	/** So many kinds of messages, and the way by which pages wait. */
	private static final int SAID_BY_EACH = 4;

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final Receiver receiver = new Receiver();

	@AfterEach
	void close() {
		this.receiver.close();
	}

	@Test
	void aFormerReleaseFindsNothingThatItWouldSendAsAnUpdate() {
		try (TestDatabase database = TestDatabase.create(); Instance green = start(database, "green")) {
			World world = World.of(green);
			String client = world.client();
			world.endpoint(client, this.receiver.url("/hook"));
			StatementClosed closed;
			try (Instance blue = start(database, "blue")) {
				isFormer(world, "blue");
				closed = new StatementClosed(Ids.next("stm"), client, "2026-09", 3, "2c26b46b".repeat(8));
				world.tell("sla", StatementClosed.TYPE, closed);
				assertThat(world.count("SELECT COUNT(*) FROM obligation")).isZero();
				assertThat(world.count("SELECT COUNT(*) FROM notice_update")).isZero();
				// What the former release makes of all that is there: it is turned back
				// to.
				blue.postInternal("/internal/releases/blue/activate");
				await().atMost(PATIENCE).until(() -> isWorking(blue) && !isWorking(green));
				assertThat(world.count("SELECT COUNT(*) FROM delivery")).isZero();
				assertThat(this.receiver.messages()).isEmpty();
			}
			green.postInternal("/internal/releases/green/activate");
			isGone(world, "blue");
			await().atMost(PATIENCE).until(() -> this.receiver.messages().size() == 1);
			assertThat(this.receiver.messages().getFirst().body()).startsWith("{\"type\":\"statement.closed\"")
				.contains(closed.hash());
			assertThat(world.count("SELECT COUNT(*) FROM awaited_event")).isZero();
		}
	}

	@Test
	void whoeverIsOnCallIsCalledAtOnceAndToldOfTheEndInItsOrder() {
		try (TestDatabase database = TestDatabase.create(); Instance green = start(database, "green")) {
			World world = World.of(green);
			String client = world.client();
			world.endpoint(client, this.receiver.url("/pager"));
			world.tell("clients", OnCallChanged.TYPE, new OnCallChanged(client));
			EscalationsChanged changed = changed();
			try (Instance blue = start(database, "blue")) {
				isFormer(world, "blue");
				world.tell("sla", EscalationsChanged.OPENED, changed);
				await().atMost(PATIENCE).until(() -> this.receiver.messages().size() == 1);
				assertThat(this.receiver.messages().getFirst().body()).as("as the former release would send it")
					.startsWith("{\"type\":\"escalation.opened\"")
					.doesNotContain("\"escalations\":");
				world.tell("sla", EscalationsChanged.ACKNOWLEDGED, changed);
				assertThat(world.count("SELECT COUNT(*) FROM obligation")).isEqualTo(1);
			}
			isGone(world, "blue");
			world.tell("sla", EscalationsChanged.RESOLVED, changed);
			await().atMost(PATIENCE).until(() -> this.receiver.messages().size() == 3);
			assertThat(this.receiver.messages().stream().map(AwaitedMessagesTests::type))
				.containsExactly("escalation.opened", "escalation.acknowledged", "escalation.resolved");
		}
	}

	@Test
	void nothingWaitsForAReleaseThatKnowsThemAll() {
		try (TestDatabase database = TestDatabase.create();
				Instance green = start(database, "green");
				Instance next = start(database, "next")) {
			World world = World.of(green);
			await().atMost(PATIENCE)
				.until(() -> world.count("SELECT COUNT(DISTINCT release_id) FROM message_sender") == 2);
			assertThat(isWorking(next)).isFalse();
			String client = world.client();
			world.endpoint(client, this.receiver.url("/hook"));
			world.tell("sla", StatementClosed.TYPE,
					new StatementClosed(Ids.next("stm"), client, "2026-09", 3, "2c26b46b".repeat(8)));
			assertThat(world.count("SELECT COUNT(*) FROM obligation")).isEqualTo(1);
			await().atMost(PATIENCE).until(() -> this.receiver.messages().size() == 1);
		}
	}

	/** A release from before it was said what one can send. */
	private static void isFormer(World world, String release) {
		await().atMost(PATIENCE)
			.until(() -> world.count("SELECT COUNT(*) FROM message_sender WHERE release_id = ?",
					release) == SAID_BY_EACH);
		world.sql("DELETE FROM message_sender WHERE release_id = ?", release);
		await().atMost(PATIENCE)
			.until(() -> world.count("SELECT COUNT(*) FROM work_release WHERE release_id = ?", release) == 1);
	}

	/** As if it had been silent for long enough. */
	private static void isGone(World world, String release) {
		world.sql("UPDATE work_release SET heartbeat_at = '2026-01-01' WHERE release_id = ?", release);
	}

	private static String type(Receiver.Message message) {
		return message.body().substring("{\"type\":\"".length(), message.body().indexOf("\",\"timestamp\""));
	}

	private static EscalationsChanged changed() {
		return new EscalationsChanged(Ids.next("not"), Objective.DELIVERY, false, Instant.now(), null, null,
				List.of(new EscalationsChanged.Item(Ids.next("esc"), Ids.next("clk"), Ids.next("cli"), "Acme",
						"AT_RISK", "Nothing has arrived: answered 500.", Instant.now().plusSeconds(60))));
	}

	private static boolean isWorking(Instance instance) {
		return instance.getInternal("/internal/releases").body().contains("\"working\":true");
	}

	private static Instance start(TestDatabase database, String release) {
		return Instance.start(DeliveryApplication.class, database, "punctual.events.reading=false",
				"punctual.targets.allow-loopback=true", "punctual.secrets.key-file=target/test-secrets.key",
				"punctual.release.id=" + release, "punctual.release.gate=guarded", "punctual.release.look=100ms");
	}

}
