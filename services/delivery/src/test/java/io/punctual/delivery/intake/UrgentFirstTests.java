package io.punctual.delivery.intake;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.punctual.delivery.DeliveryApplication;
import io.punctual.delivery.DeliveryClock;
import io.punctual.delivery.World;
import io.punctual.shared.contract.NoticeKind;
import io.punctual.shared.contract.Severity;
import io.punctual.shared.contract.UpdateOwed;
import io.punctual.shared.contract.UpdatePublished;
import io.punctual.shared.events.Event;
import io.punctual.shared.events.ParkedEvents;
import io.punctual.shared.id.Ids;
import io.punctual.shared.time.DatabaseTime;
import io.punctual.shared.transaction.Transactions;
import io.punctual.testing.Instance;
import io.punctual.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What is urgent does not wait for what was said before it to many others. In which order
 * a client's obligations were taken over, their numbers tell.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UrgentFirstTests {

	static {
		World.writeKeyFile();
	}

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final int MANY = 1200;

	private final TestDatabase database = TestDatabase.create();

	private final Instance service = start(this.database, "blue");

	/** Whom the present test asks. */
	private Instance asked;

	private List<String> clients;

	private long position;

	@BeforeEach
	void meet() {
		this.asked = this.service;
		awaitKnown(this.service);
		this.clients = IntStream.range(0, MANY).mapToObj((i) -> Ids.next("cli")).sorted().toList();
	}

	@AfterAll
	void close() {
		this.service.close();
		this.database.close();
	}

	@Test
	void anUrgentUpdateGoesBeforeOnesThatWereSaidBeforeItToMany() {
		Said slow = said(Ids.next("not"), Duration.ofHours(1), this.clients);
		Said urgent = said(Ids.next("not"), Duration.ofMinutes(1), this.clients.subList(600, 601));
		read(slow, urgent);
		assertThat(numberOf(urgent, this.clients.get(600))).isEqualTo(1);
		awaitAll(slow);
		assertThat(numberOf(slow, this.clients.get(600))).isEqualTo(2);
		assertThat(count("SELECT COUNT(*) FROM obligation WHERE update_id = ? AND client_seq = 1", slow.updateId()))
			.isEqualTo(MANY - 1);
	}

	@Test
	void ofTwoThatWaitTheMoreUrgentGoesFirst() {
		Said slow = said(Ids.next("not"), Duration.ofHours(1), this.clients);
		Said quick = said(Ids.next("not"), Duration.ofMinutes(5), this.clients);
		read(slow, quick);
		awaitAll(slow, quick);
		assertThat(count("SELECT COUNT(*) FROM obligation WHERE update_id = ? AND client_seq = 1", quick.updateId()))
			.isEqualTo(MANY);
	}

	@Test
	void whatIsLateDoesNotWaitUntilNothingElseDoes() {
		Said late = said(Ids.next("not"), Duration.ofMinutes(-1), this.clients.reversed());
		Said inTime = said(Ids.next("not"), Duration.ofHours(1), this.clients);
		read(inTime, late);
		awaitAll(inTime, late);
		assertThat(count("SELECT COUNT(*) FROM obligation WHERE update_id = ? AND client_seq = 1", late.updateId()))
			.isBetween(1L, MANY / 2L);
	}

	@Test
	void anUrgentUpdateTakesTheEarlierOnesOfItsNoticeAlong() {
		String notice = Ids.next("not");
		Said first = said(notice, Duration.ofHours(1), this.clients);
		Said between = said(Ids.next("not"), Duration.ofMinutes(30), this.clients);
		Said second = said(notice, Duration.ofMinutes(1), this.clients.subList(600, 601));
		read(first, between, second);
		awaitAll(first, between, second);
		assertThat(numberOf(first, this.clients.get(600))).isEqualTo(1);
		assertThat(numberOf(second, this.clients.get(600))).isEqualTo(2);
		assertThat(numberOf(between, this.clients.get(600))).isEqualTo(3);
	}

	@Test
	void whatWaitsIsLeftToTheReleaseThatIsActive() {
		try (TestDatabase other = TestDatabase.create()) {
			try (Instance blue = start(other, "blue")) {
				awaitKnown(blue);
			}
			try (Instance green = start(other, "green")) {
				this.asked = green;
				awaitKnown(green);
				Said slow = said(Ids.next("not"), Duration.ofHours(1), this.clients);
				read(slow);
				await().during(Duration.ofSeconds(2)).atMost(PATIENCE).until(() -> waiting() == 3);
				green.postInternal("/internal/releases/green/activate");
				awaitAll(slow);
			}
		}
	}

	@Test
	void nothingWaitsWhileAReleaseLivesThatKnowsOfNoWaiting() {
		sql("INSERT INTO work_release (release_id, state, heartbeat_at) VALUES ('former', 'DRAINING', ?)",
				DatabaseTime.toColumn(now().plus(Duration.ofHours(1))));
		try {
			Said slow = said(Ids.next("not"), Duration.ofHours(1), this.clients);
			read(slow);
			assertThat(count("SELECT COUNT(*) FROM obligation WHERE update_id = ?", slow.updateId())).isEqualTo(MANY);
		}
		finally {
			sql("DELETE FROM work_release WHERE release_id = 'former'");
		}
	}

	@Test
	void aPageThatCannotBeAppliedIsParkedWithItsNoticeAndStopsNobodyElse() {
		List<String> with = new ArrayList<>(this.clients);
		with.set(550, "cli_" + "X".repeat(40));
		Said poisoned = said(Ids.next("not"), Duration.ofMinutes(5), with);
		Said healthy = said(Ids.next("not"), Duration.ofHours(1), this.clients);
		read(poisoned, healthy);
		awaitAll(healthy);
		assertThat(count("SELECT COUNT(*) FROM obligation WHERE update_id = ?", poisoned.updateId())).isEqualTo(500);
		assertThat(count("SELECT COUNT(*) FROM inbox_parked WHERE source = 'notices' AND subject = ?",
				poisoned.noticeId()))
			.isEqualTo(2);
		assertThat(this.asked.bean(ParkedEvents.class).discard("notices", poisoned.noticeId())).isEqualTo(2);
	}

	@Test
	void whatWasTakenOverInPartIsGoneOnWithByASnapshot() {
		Said known = said(Ids.next("not"), Duration.ofHours(1), this.clients.subList(0, 30));
		read(known);
		Said unknown = said(Ids.next("not"), Duration.ofHours(1), this.clients.subList(0, 30));
		transactions().write(() -> {
			subscriber().startSnapshot();
			subscriber().apply(Stream.of(known, unknown).flatMap((said) -> said.events().stream()).toList());
		});
		for (Said said : List.of(known, unknown)) {
			assertThat(count("SELECT COUNT(*) FROM obligation WHERE update_id = ?", said.updateId())).isEqualTo(30);
		}
		assertThat(numberOf(unknown, this.clients.getFirst())).isEqualTo(2);
	}

	private static Instance start(TestDatabase database, String release) {
		return Instance.start(DeliveryApplication.class, database, "punctual.events.reading=false",
				"punctual.secrets.key-file=target/test-secrets.key", "punctual.release.id=" + release,
				"punctual.release.gate=guarded", "punctual.release.look=100ms");
	}

	/** Nothing waits before each release has said that it knows of waiting. */
	private static void awaitKnown(Instance instance) {
		await().atMost(PATIENCE).until(() -> instance.bean(MessageSenders.class).canSend(MessageSenders.KNOWN));
	}

	/** An update in pages of 500, as {@code notices} tells of it. */
	private Said said(String noticeId, Duration target, List<String> to) {
		Instant now = now();
		String updateId = Ids.next("upd");
		List<Event> events = new ArrayList<>();
		events.add(event(UpdatePublished.TYPE, noticeId,
				new UpdatePublished(noticeId, updateId, 1, NoticeKind.INCIDENT, "INVESTIGATING", Severity.MINOR,
						"A title", "A text", List.of(), List.of(), null, now, null, false, false, 1)));
		for (int from = 0; from < to.size(); from += UpdateOwed.MAX_OWED) {
			List<UpdateOwed.Owed> owed = to.subList(from, Math.min(to.size(), from + UpdateOwed.MAX_OWED))
				.stream()
				.map((client) -> new UpdateOwed.Owed(Ids.next("obl"), client, List.of(), now))
				.toList();
			events.add(event(UpdateOwed.TYPE, noticeId,
					new UpdateOwed(noticeId, updateId, now, false, false, null, now.plus(target), owed)));
		}
		return new Said(noticeId, updateId, to.size(), events);
	}

	private Event event(String type, String noticeId, Object data) {
		return new Event(++this.position, Ids.next("evt"), "notices", type, noticeId, Instant.now(), "cor-test",
				this.asked.bean(JsonMapper.class).valueToTree(data));
	}

	private void read(Said... said) {
		transactions()
			.write(() -> subscriber().apply(Stream.of(said).flatMap((one) -> one.events().stream()).toList()));
	}

	private void awaitAll(Said... said) {
		for (Said one : said) {
			await().atMost(PATIENCE)
				.until(() -> count("SELECT COUNT(*) FROM obligation WHERE update_id = ?", one.updateId()) == one
					.size());
		}
		await().atMost(PATIENCE).until(() -> waiting() == 0);
	}

	private long waiting() {
		return count("SELECT COUNT(*) FROM waiting_page");
	}

	private long numberOf(Said said, String clientId) {
		return this.asked.bean(JdbcClient.class)
			.sql("SELECT client_seq FROM obligation WHERE update_id = ? AND client_id = ?")
			.params(said.updateId(), clientId)
			.query(Long.class)
			.single();
	}

	private Instant now() {
		return this.asked.bean(DeliveryClock.class).now();
	}

	private void sql(String sql, Object... parameters) {
		this.asked.bean(JdbcClient.class).sql(sql).params(parameters).update();
	}

	private long count(String sql, Object... parameters) {
		return this.asked.bean(JdbcClient.class).sql(sql).params(parameters).query(Long.class).single();
	}

	private NoticesSubscriber subscriber() {
		return this.asked.bean(NoticesSubscriber.class);
	}

	private Transactions transactions() {
		return this.asked.bean(Transactions.class);
	}

	private record Said(String noticeId, String updateId, int size, List<Event> events) {
	}

}
