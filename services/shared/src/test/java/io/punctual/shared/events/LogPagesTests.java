package io.punctual.shared.events;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a page of a service's log says, on a real database: where it ends, up to which
 * instant it is complete, and when a poll gets it.
 */
class LogPagesTests {

	private LogDatabase database;

	@BeforeEach
	void create() {
		this.database = LogDatabase.create(24);
	}

	@AfterEach
	void close() {
		this.database.close();
	}

	@Test
	void pageStopsBeforeAGap() {
		this.database.append("a", 1);
		LogHead head = this.database.log.head();
		List<StoredEvent> rows = new ArrayList<>(this.database.log.after(0, 10));
		StoredEvent first = rows.getFirst();
		rows.add(new StoredEvent(3, "t", "s", first.time(), false, "c", "1", first.appendedAt()));
		EventPage page = EventPage.of(new LogHead(head.epoch(), 3, 1, head.now()), "source", 0, rows);
		assertThat(page.events()).hasSize(1);
		assertThat(page.asOf()).isBefore(first.appendedAt().minusMillis(500));
	}

	@Test
	void aPageOfLargeEventsIsNoLargerThanAReadersMemory() {
		for (int i = 0; i < 40; i++) {
			this.database.append("a", "x".repeat(199_998));
		}
		assertThat(this.database.log.countAfter(0, 500, EventPage.MOST_CHARACTERS)).isEqualTo(20);
		assertThat(this.database.log.countAfter(25, 500, EventPage.MOST_CHARACTERS)).isEqualTo(15);
		assertThat(this.database.log.countAfter(0, 500, 1)).isEqualTo(1);
		EventPage page = this.database.pages.read(0, 500, Duration.ZERO, Duration.ZERO);
		assertThat(page.events()).hasSize(20);
		assertThat(page.asOf()).isBefore(this.database.log.after(20, 1).getFirst().appendedAt());
	}

	@Test
	void asOfNeverPassesAnUncommittedAppend() throws Exception {
		CountDownLatch taken = new CountDownLatch(1);
		CountDownLatch goOn = new CountDownLatch(1);
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			Future<Instant> append = threads.submit(() -> this.database.transactions.write(() -> {
				LogHead head = this.database.log.take(1);
				taken.countDown();
				await(goOn);
				this.database.log.insert(1, List.of(new PendingEvent(new NewEvent("t", "s", head.now(), 1), "c", "1")),
						List.of(head.now().minusMillis(500)), head.now());
				return head.now().minusMillis(500);
			}));
			taken.await();
			Future<EventPage> page = threads
				.submit(() -> this.database.pages.read(0, 10, Duration.ZERO, Duration.ZERO));
			assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> page.get(100, TimeUnit.MILLISECONDS));
			goOn.countDown();
			Instant time = append.get(60, TimeUnit.SECONDS);
			assertThat(page.get(60, TimeUnit.SECONDS).events()).singleElement()
				.extracting(CloudEvent::time)
				.isEqualTo(time);
		}
	}

	@Test
	void noEventOutsideAPageIsAtOrBeforeItsAsOf() throws Exception {
		AtomicBoolean done = new AtomicBoolean();
		Map<Long, Instant> asOfByPosition = new ConcurrentHashMap<>();
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			Future<?> reader = threads.submit(() -> {
				long position = 0;
				while (!done.get()) {
					EventPage page = this.database.pages.read(position, 7, Duration.ofMillis(5), Duration.ZERO);
					position += page.events().size();
					Instant asOf = page.asOf();
					if (asOf != null) {
						asOfByPosition.merge(position, asOf, (a, b) -> a.isAfter(b) ? a : b);
					}
				}
			});
			List<Future<?>> writers = new ArrayList<>();
			for (int writer = 0; writer < 16; writer++) {
				Random random = new Random(writer);
				writers.add(threads.submit(() -> {
					for (int round = 0; round < 20; round++) {
						this.database.transactions.write(() -> {
							NewEvent event = this.database.event("s", 1);
							sleep(random.nextInt(300));
							this.database.events.append(event);
						});
					}
				}));
			}
			for (Future<?> writer : writers) {
				writer.get(60, TimeUnit.SECONDS);
			}
			done.set(true);
			reader.get(60, TimeUnit.SECONDS);
		}
		List<StoredEvent> all = this.database.log.after(0, 1000);
		assertThat(all).hasSize(320);
		asOfByPosition.forEach((position,
				asOf) -> assertThat(
						all.stream().filter((event) -> event.position() > position && !event.time().isAfter(asOf)))
					.isEmpty());
	}

	@Test
	void aCommitWakesThePollsOfItsOwnInstanceItself() throws Exception {
		try (LogDatabase blind = this.database.blindInstance();
				ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			for (int i = 0; i < 20; i++) {
				long after = i;
				Future<EventPage> poll = threads
					.submit(() -> blind.pages.read(after, 10, Duration.ofSeconds(25), Duration.ZERO));
				untilSomebodyWaits(blind.watch);
				blind.append("a", i);
				assertThat(poll.get(60, TimeUnit.SECONDS).events()).hasSize(1);
			}
		}
	}

	@Test
	void aCommitOfAnotherInstanceWakesAPoll() throws Exception {
		try (LogDatabase other = this.database.instance(this.database.dataSource);
				ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			Future<EventPage> poll = threads
				.submit(() -> this.database.pages.read(0, 10, Duration.ofSeconds(25), Duration.ZERO));
			untilSomebodyWaits(this.database.watch);
			other.append("a", 1);
			assertThat(poll.get(60, TimeUnit.SECONDS).events()).hasSize(1);
		}
	}

	@Test
	void othersEventsAreLookedForOftenOnceThereWereSome() throws Exception {
		AtomicLong head = new AtomicLong(7);
		AtomicInteger looks = new AtomicInteger();
		LogWatch watch = new LogWatch(() -> {
			looks.incrementAndGet();
			return head.get();
		}, Duration.ofMillis(5));
		watch.start();
		try {
			watch.await(7, Duration.ofMillis(100));
			head.set(8);
			watch.appended(8, 1);
			int alone = looksWithin(looks, () -> watch.await(8, Duration.ofSeconds(1)));
			assertThat(alone).isPositive();
			head.set(9);
			watch.await(8, Duration.ofSeconds(10));
			// A busy machine can keep it from looking, but never make it look more often.
			Awaitility.await()
				.atMost(Duration.ofSeconds(60))
				.until(() -> looksWithin(looks, () -> watch.await(9, Duration.ofSeconds(1))) > 2 * alone);
		}
		finally {
			watch.stop();
		}
	}

	private static int looksWithin(AtomicInteger looks, Callable<?> time) throws Exception {
		int before = looks.get();
		time.call();
		return looks.get() - before;
	}

	@Test
	void eventsMayGatherBeforeTheyAreSent() throws Exception {
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			Future<EventPage> poll = threads
				.submit(() -> this.database.pages.read(0, 10, Duration.ofSeconds(25), Duration.ofSeconds(1)));
			untilSomebodyWaits(this.database.watch);
			this.database.append("a", 1);
			this.database.append("b", 1);
			assertThat(poll.get(60, TimeUnit.SECONDS).events()).hasSize(2);
		}
	}

	@Test
	void aPageThatIsFullWaitsForNoMore() throws Exception {
		this.database.append("a", 1);
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			Future<EventPage> poll = threads
				.submit(() -> this.database.pages.read(0, 1, Duration.ofSeconds(25), Duration.ofHours(1)));
			assertThat(poll.get(60, TimeUnit.SECONDS).events()).hasSize(1);
		}
	}

	@Test
	void openPollsAreAnsweredWhenTheServiceStops() throws Exception {
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			Future<EventPage> poll = threads
				.submit(() -> this.database.pages.read(0, 10, Duration.ofSeconds(25), Duration.ZERO));
			untilSomebodyWaits(this.database.watch);
			this.database.watch.stop();
			assertThat(poll.get(60, TimeUnit.SECONDS).events()).isEmpty();
		}
	}

	private static void untilSomebodyWaits(LogWatch watch) throws InterruptedException {
		while (!watch.isWaitedFor()) {
			Thread.sleep(1);
		}
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
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
