package io.punctual.sla.clock;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

import io.punctual.shared.contract.AgreementTerms.Objective;
import io.punctual.shared.contract.ClientUpserted;
import io.punctual.shared.contract.DeliveriesSettled;
import io.punctual.shared.events.Event;
import io.punctual.shared.events.EventSubscriber;
import io.punctual.shared.transaction.Transactions;
import io.punctual.sla.Said;
import io.punctual.testing.PunctualTest;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * However the three logs are interleaved, and whenever clocks are judged in between, the
 * verdict is the one that somebody would give who had read everything.
 */
@PunctualTest(properties = "punctual.events.reading=false")
class InterleavingTests {

	private static final Instant START = Instant.parse("2026-09-01T10:00:00Z");

	private static final Duration TARGET = Duration.ofMinutes(5);

	private static final JsonMapper JSON = new JsonMapper();

	@Autowired
	private List<EventSubscriber> subscribers;

	@Autowired
	private Transactions transactions;

	@Autowired
	private Judge judge;

	@Autowired
	private JdbcClient jdbc;

	static Stream<Long> seeds() {
		return new Random(7).longs(60).boxed();
	}

	@ParameterizedTest
	@MethodSource("seeds")
	void verdictDoesNotDependOnTheOrderOfReading(long seed) {
		Random random = new Random(seed);
		List<Story> stories = Stream.generate(() -> Story.any(random)).limit(4).toList();
		Map<String, List<Event>> logs = new LinkedHashMap<>();
		stories.forEach((story) -> story.tell(logs));
		logs.values().forEach((log) -> log.sort(Comparator.comparing(Event::time)));
		Map<String, Integer> read = new LinkedHashMap<>();
		List<String> sources = new ArrayList<>(List.of("clients", "notices", "delivery"));
		while (!sources.isEmpty()) {
			String source = sources.get(random.nextInt(sources.size()));
			List<Event> log = logs.getOrDefault(source, List.of());
			int next = read.merge(source, 1, Integer::sum) - 1;
			if (next >= log.size()) {
				sources.remove(source);
				continue;
			}
			apply(log.get(next));
			if (random.nextBoolean()) {
				judgeUpTo("delivery", horizon(logs, read, List.of("delivery", "clients")));
			}
		}
		// The service's own timer looks at the same clocks, and whoever holds one is
		// passed over.
		Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
			judgeUpTo("delivery", START.plus(Duration.ofDays(1)));
			return stories.stream().noneMatch(this::isOpen);
		});
		for (Story story : stories) {
			assertThat(states(story)).as("seed " + seed + ": " + story).containsExactly(story.expected());
			assertThat(kept(story) + events(story, "clock.breached"))
				.isEqualTo((story.expected() == ClockState.VOID) ? 0 : 1);
			assertThat(events(story, "clock.at_risk")).isLessThanOrEqualTo(1);
		}
	}

	private void apply(Event event) {
		for (EventSubscriber subscriber : this.subscribers) {
			if (subscriber.source().equals(event.source()) && subscriber.types().contains(event.type())) {
				this.transactions.write(() -> subscriber.apply(List.of(event)));
			}
		}
	}

	private void judgeUpTo(String lane, Instant until) {
		this.judge.judge(lane, new Horizon.Reach(until, "test"));
	}

	private List<ClockState> states(Story story) {
		return this.jdbc.sql("SELECT state FROM clock WHERE client_id = ?")
			.param(story.said().clientId())
			.query((row, number) -> ClockState.valueOf(row.getString(1)))
			.list();
	}

	private boolean isOpen(Story story) {
		return this.jdbc.sql("SELECT COUNT(*) FROM clock WHERE client_id = ? AND next_at IS NOT NULL")
			.param(story.said().clientId())
			.query(Long.class)
			.single() > 0;
	}

	private long events(Story story, String type) {
		return this.jdbc.sql(
				"SELECT COUNT(*) FROM event_log e JOIN clock c ON c.clock_id = e.subject WHERE c.client_id = ? AND e.type = ?")
			.params(story.said().clientId(), type)
			.query(Long.class)
			.single();
	}

	private long kept(Story story) {
		return this.jdbc.sql("""
				SELECT COUNT(*) FROM event_log e JOIN clock c ON e.data LIKE CONCAT('%"', c.clock_id, '"%')
				WHERE c.client_id = ? AND e.type = 'clocks.met'""")
			.param(story.said().clientId())
			.query(Long.class)
			.single();
	}

	/** All before the first event that is still unread. */
	private static Instant horizon(Map<String, List<Event>> logs, Map<String, Integer> read, List<String> sources) {
		Instant horizon = START.plus(Duration.ofDays(1));
		for (String source : sources) {
			List<Event> log = logs.getOrDefault(source, List.of());
			int next = read.getOrDefault(source, 0);
			if (next < log.size() && log.get(next).time().isBefore(horizon)) {
				horizon = log.get(next).time().minusNanos(1000);
			}
		}
		return horizon;
	}

	/**
	 * One client's promise: delivered at some second around due, or never, and perhaps no
	 * client any more.
	 */
	private record Story(Said said, int deliveredAfter, int removedAfter) {

		private static Story any(Random random) {
			int[] seconds = { 0, 1, 120, 239, 240, 241, 299, 300, 301, 400, -1 };
			return new Story(Said.with(Map.of(Objective.DELIVERY, TARGET), false),
					seconds[random.nextInt(seconds.length)],
					(random.nextInt(3) == 0) ? seconds[1 + random.nextInt(seconds.length - 1)] : -1);
		}

		private ClockState expected() {
			if (this.deliveredAfter >= 0 && this.deliveredAfter <= 300) {
				return ClockState.MET;
			}
			return (this.removedAfter >= 0 && this.removedAfter <= 300) ? ClockState.VOID : ClockState.BREACHED;
		}

		private void tell(Map<String, List<Event>> logs) {
			say(logs, "clients", "client.upserted", START.minusSeconds(60),
					this.said.client(ClientUpserted.State.ACTIVE));
			say(logs, "notices", "update.published", START, this.said.published(START));
			say(logs, "notices", "update.owed", START, this.said.owed(START));
			if (this.deliveredAfter >= 0) {
				Instant at = START.plusSeconds(this.deliveredAfter);
				say(logs, "delivery", "deliveries.settled", at,
						this.said.settled(DeliveriesSettled.Outcome.DELIVERED, at, at));
			}
			if (this.removedAfter >= 0) {
				say(logs, "clients", "client.upserted", START.plusSeconds(this.removedAfter),
						this.said.client(ClientUpserted.State.REMOVED));
			}
		}

		private void say(Map<String, List<Event>> logs, String source, String type, Instant time, Object data) {
			List<Event> log = logs.computeIfAbsent(source, (key) -> new ArrayList<>());
			log.add(new Event(log.size() + 1, "e-" + log.size(), source, type, this.said.noticeId(), time, "test",
					JSON.valueToTree(data)));
		}

	}

}
