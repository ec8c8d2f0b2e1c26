package io.punctual.notices;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.MeterRegistry;
import io.punctual.notices.support.NoticesTest;
import io.punctual.shared.transaction.Transactions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Publications that come at the same time share a transaction, and nobody can tell: each
 * has its own answer, key, correlation id and entry in the audit, and one that is refused
 * refuses nobody else.
 */
@Timeout(300)
class GroupedPublishingTests extends NoticesTest {

	private static final int NOTICES = 4;

	@Autowired
	private Transactions transactions;

	@Autowired
	private MeterRegistry meters;

	@Test
	void manyPublicationsOfAFewNoticesShareTransactions() throws Exception {
		List<String> notices = notices();
		List<Said> said = new ArrayList<>();
		for (int i = 0; i < 24; i++) {
			said.add(new Said(notices.get(i % NOTICES), UUID.randomUUID().toString(), "cor_group_" + i,
					Map.of("text", "Number " + i)));
		}
		List<Answer> answers = allAtOnce(said);
		answers.forEach((answer) -> answer.is(201));
		for (String notice : notices) {
			assertThat(get("/v1/notices/" + notice + "/updates").is(200).texts("seq")).containsExactly("1", "2", "3",
					"4", "5", "6", "7");
		}
		for (int i = 0; i < said.size(); i++) {
			String updateId = answers.get(i).text("updateId");
			List<Logged> events = logged(said.get(i).correlationId());
			assertThat(events).extracting(Logged::type)
				.containsExactly("update.published", "update.owed", "audit.recorded");
			assertThat(events.get(0).data().path("updateId").asString()).isEqualTo(updateId);
			assertThat(events.get(1).data().path("updateId").asString()).isEqualTo(updateId);
			String own = said.get(i).notice();
			assertThat(events.get(2).data().path("about").valueStream().map(JsonNode::asString))
				.as("what the act was about, and not what others did beside it")
				.contains(own)
				.doesNotContainAnyElementsOf(notices.stream().filter((other) -> !other.equals(own)).toList());
		}
	}

	@Test
	void whatIsRefusedRefusesNobodyElse() throws Exception {
		List<String> notices = notices();
		List<Said> said = new ArrayList<>();
		for (int i = 0; i < 12; i++) {
			said.add(
					new Said(notices.get(i % NOTICES), UUID.randomUUID().toString(), "cor_refused_" + UUID.randomUUID(),
							(i == 7) ? Map.of("text", "No.", "state", "CANCELLED") : Map.of("text", "Yes.")));
		}
		List<Answer> answers = allAtOnce(said);
		for (int i = 0; i < answers.size(); i++) {
			if (i == 7) {
				answers.get(i).isProblem(409, "illegal-transition");
				assertThat(logged(said.get(i).correlationId())).isEmpty();
			}
			else {
				answers.get(i).is(201);
				assertThat(logged(said.get(i).correlationId())).hasSize(3);
			}
		}
	}

	@Test
	void theSameKeyAtTheSameTimePublishesOnce() throws Exception {
		String notice = notices().getFirst();
		String key = UUID.randomUUID().toString();
		List<Said> said = new ArrayList<>();
		for (int i = 0; i < 6; i++) {
			said.add(new Said(notice, key, "cor_same_" + UUID.randomUUID(), Map.of("text", "Once.")));
		}
		List<Answer> answers = allAtOnce(said);
		List<Answer> good = answers.stream().filter((answer) -> answer.status() == 201).toList();
		assertThat(good).isNotEmpty();
		assertThat(good).extracting((answer) -> answer.text("updateId")).containsOnly(good.getFirst().text("updateId"));
		answers.stream().filter((answer) -> answer.status() != 201).forEach((answer) -> answer.is(409));
		assertThat(get("/v1/notices/" + notice + "/updates").is(200).texts("seq")).containsExactly("1", "2");
	}

	private List<String> notices() {
		List<String> components = new ArrayList<>();
		for (int i = 0; i < NOTICES; i++) {
			String component = this.world.component("c" + i);
			this.world.entitled(this.world.client("grouped" + i), component);
			components.add(component);
		}
		hear();
		return components.stream().map((component) -> publish("Down", component).noticeId()).toList();
	}

	/** They all wait for the reader at first, and so come together when it is done. */
	private List<Answer> allAtOnce(List<Said> said) throws Exception {
		CountDownLatch held = new CountDownLatch(1);
		CountDownLatch go = new CountDownLatch(1);
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			Future<?> reader = threads.submit(() -> this.transactions.write(() -> {
				this.jdbc.sql("SELECT pos FROM inbox_cursor WHERE source = 'clients' FOR UPDATE")
					.query(Long.class)
					.single();
				held.countDown();
				try {
					go.await();
				}
				catch (InterruptedException ex) {
					throw new IllegalStateException(ex);
				}
			}));
			held.await();
			List<Future<Answer>> answers = said.stream()
				.map((one) -> threads.submit(() -> post("/v1/notices/" + one.notice() + "/updates", one.body(),
						"Idempotency-Key", one.key(), "X-Correlation-Id", one.correlationId())))
				.toList();
			Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> underWay() == said.size());
			go.countDown();
			reader.get();
			List<Answer> all = new ArrayList<>();
			for (Future<Answer> answer : answers) {
				all.add(answer.get());
			}
			return all;
		}
	}

	/** How many requests have come and are not answered. */
	private int underWay() {
		return this.meters.find("http.server.requests.active")
			.longTaskTimers()
			.stream()
			.mapToInt(LongTaskTimer::activeTasks)
			.sum();
	}

	private List<Logged> logged(String correlationId) {
		return this.jdbc.sql("SELECT type, data FROM event_log WHERE correlation_id = ? ORDER BY position")
			.param(correlationId)
			.query((row, number) -> new Logged(row.getString(1), JsonMapper.shared().readTree(row.getString(2))))
			.list();
	}

	private record Said(String notice, String key, String correlationId, Map<String, Object> body) {
	}

	private record Logged(String type, JsonNode data) {
	}

}
