package io.punctual.shared.events;

import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.punctual.shared.release.WorkGate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What a service's log guarantees, on a real database.
 */
class EventLogTests {

	private static final int WRITERS = 64;

	private static final int ROUNDS = 12;

	private LogDatabase database;

	@BeforeEach
	void create() {
		this.database = LogDatabase.create(WRITERS + 6);
	}

	@AfterEach
	void close() {
		this.database.close();
	}

	@Test
	void readerSeesEveryEventOf64WritersOnceAndInOrder() throws Exception {
		Map<String, String> rolledBack = new ConcurrentHashMap<>();
		List<CloudEvent> read = new ArrayList<>();
		AtomicBoolean written = new AtomicBoolean();
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			Future<?> reader = threads.submit(() -> {
				while (true) {
					boolean last = written.get();
					EventPage page = this.database.pages.read(read.size(), 50, Duration.ofMillis(20), Duration.ZERO);
					read.addAll(page.events());
					if (last && page.events().isEmpty()) {
						return;
					}
				}
			});
			List<Future<?>> writers = new ArrayList<>();
			for (int writer = 0; writer < WRITERS; writer++) {
				String subject = "writer-" + writer;
				writers.add(threads.submit(() -> write(subject, rolledBack)));
			}
			for (Future<?> writer : writers) {
				writer.get(60, TimeUnit.SECONDS);
			}
			written.set(true);
			reader.get(60, TimeUnit.SECONDS);
		}
		for (int i = 0; i < read.size(); i++) {
			assertThat(read.get(i).sequence()).isEqualTo(Integer.toString(i + 1));
		}
		for (int writer = 0; writer < WRITERS; writer++) {
			String subject = "writer-" + writer;
			List<String> data = read.stream()
				.filter((event) -> event.subject().equals(subject))
				.map(CloudEvent::data)
				.toList();
			List<String> expected = new ArrayList<>();
			for (int round = 0; round < ROUNDS; round++) {
				if (!rolledBack.containsKey(subject + "/" + round)) {
					expected.add(Integer.toString(round * 10));
					expected.add(Integer.toString(round * 10 + 1));
				}
			}
			assertThat(data).isEqualTo(expected);
		}
	}

	private void write(String subject, Map<String, String> rolledBack) {
		Random random = new Random(subject.hashCode());
		for (int round = 0; round < ROUNDS; round++) {
			int number = round;
			boolean fails = random.nextInt(6) == 0;
			try {
				this.database.transactions.write(() -> {
					sleep(random.nextInt(15));
					this.database.jdbc.update("INSERT INTO effect (position, subject, value) VALUES (0, ?, ?)", subject,
							number);
					// Not stale, however long so many wait for each other.
					this.database.events.append(this.database.event(subject, number * 10).restampable(),
							this.database.event(subject, number * 10 + 1).restampable());
					sleep(random.nextInt(15));
					if (fails) {
						throw new IllegalArgumentException("rolled back on purpose");
					}
				});
			}
			catch (IllegalArgumentException ex) {
				rolledBack.put(subject + "/" + round, "");
			}
		}
	}

	@Test
	void rollbackAfterThePositionsWereTakenGivesThemBack() {
		this.database.append("a", 1);
		assertThatIllegalStateException().isThrownBy(() -> this.database.transactions.write(() -> {
			this.database.log.take(3);
			throw new IllegalStateException("on purpose");
		}));
		this.database.append("a", 2);
		assertThat(this.database.pages.read(0, 10, Duration.ZERO, Duration.ZERO).events())
			.extracting(CloudEvent::sequence)
			.containsExactly("1", "2");
	}

	@Test
	void crashAfterThePositionsWereTakenGivesThemBack() throws Exception {
		Connection connection = this.database.dataSource.getConnection();
		connection.setAutoCommit(false);
		connection.createStatement().executeUpdate("UPDATE log_head SET pos = pos + 5 WHERE id = 1");
		connection.abort(Runnable::run);
		this.database.append("a", 1);
		assertThat(this.database.pages.read(0, 10, Duration.ZERO, Duration.ZERO).events())
			.extracting(CloudEvent::sequence)
			.containsExactly("1");
	}

	@Test
	void eventsAreAppendedOnlyInsideTransactions() {
		assertThatIllegalStateException()
			.isThrownBy(() -> this.database.events.append(new NewEvent("t", "s", Instant.now(), 1)));
	}

	@Test
	void transactionWithAStaleInstantIsRunAgain() {
		List<Instant> instants = new ArrayList<>();
		this.database.transactions.write(() -> {
			Instant now = this.database.clock.now();
			instants.add(now);
			// A busy machine can make the next one stale, too, but the first one is.
			Instant time = (instants.size() == 1) ? now.minusMillis(600) : now;
			this.database.events.append(new NewEvent("t", "s", time, 1));
		});
		assertThat(instants).hasSizeGreaterThan(1);
		assertThat(this.database.pages.read(0, 10, Duration.ZERO, Duration.ZERO).events()).singleElement()
			.extracting(CloudEvent::time)
			.isEqualTo(instants.getLast());
	}

	@Test
	void instantThatIsAlwaysStaleIsRefused() {
		assertThatExceptionOfType(StaleInstantException.class)
			.isThrownBy(() -> this.database.transactions.write(() -> this.database.events
				.append(new NewEvent("t", "s", this.database.clock.now().minusSeconds(1), 1))));
		assertThat(this.database.log.head().pos()).isZero();
	}

	@Test
	void restampableEventIsStampedAtItsAppend() {
		Instant before = this.database.clock.now();
		this.database.transactions.write(
				() -> this.database.events.append(new NewEvent("t", "s", before.minusSeconds(3600), 1).restampable()));
		assertThat(this.database.pages.read(0, 10, Duration.ZERO, Duration.ZERO).events().getFirst().time())
			.isAfterOrEqualTo(before);
	}

	@Test
	void onlyTheOldEndOfTheLogIsDeleted() {
		for (int i = 0; i < 5; i++) {
			this.database.append("a", i);
		}
		this.database.jdbc
			.update("UPDATE event_log SET appended_at = appended_at - INTERVAL 40 DAY WHERE position <= 3");
		new LogTrim(this.database.log, this.database.transactions, this.database.clock, Duration.ofDays(35),
				WorkGate.OPEN)
			.trim();
		LogHead head = this.database.log.head();
		assertThat(head.tail()).isEqualTo(4);
		assertThat(this.database.log.after(0, 10)).extracting(StoredEvent::position).containsExactly(4L, 5L);
		this.database.append("a", 5);
		assertThat(this.database.log.head().pos()).isEqualTo(6);
	}

	private static void sleep(long milliseconds) {
		try {
			Thread.sleep(milliseconds);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
