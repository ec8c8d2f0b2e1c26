package io.punctual.shared.events;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * How one service applies another's log, on real databases.
 */
class LogReadingTests {

	private LogDatabase source;

	private LogDatabase here;

	private TestReader reader;

	@BeforeEach
	void create() {
		this.source = LogDatabase.create(8);
		this.here = LogDatabase.create(12);
		this.reader = TestReader.of(this.source, this.here);
	}

	@AfterEach
	void close() {
		this.source.close();
		this.here.close();
	}

	@Test
	void pullAppliesEverythingOnceAndInOrder() {
		append(30);
		this.reader.pull();
		this.reader.pull();
		assertThat(this.reader.effects()).isEqualTo(range(30));
		assertThat(this.reader.reader().position()).isEqualTo(30);
	}

	@Test
	void asOfMovesWithoutEventsAndStandsStillWhileTheSourceIsDown() {
		this.reader.pull();
		Instant first = this.reader.reader().asOf();
		assertThat(first).isAfter(Instant.EPOCH);
		this.reader.pull();
		Instant second = this.reader.reader().asOf();
		assertThat(second).isAfter(first);
		this.reader.sourceIsDown(true);
		this.reader.pull();
		assertThat(this.reader.reader().asOf()).isEqualTo(second);
		assertThat(this.reader.state().problem()).isEqualTo("is down");
		this.reader.sourceIsDown(false);
		this.reader.pull();
		assertThat(this.reader.reader().asOf()).isAfter(second);
		assertThat(this.reader.state().problem()).isNull();
	}

	@Test
	void fourInstancesAtOnceApplyEachEventOnce() throws Exception {
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			Future<?> writing = threads.submit(() -> append(150));
			List<Future<?>> instances = new ArrayList<>();
			for (int i = 0; i < 4; i++) {
				TestReader instance = TestReader.of(this.source, this.here);
				instances.add(threads.submit(() -> {
					while (instance.reader().position() < 150) {
						instance.pull();
					}
				}));
			}
			writing.get(60, TimeUnit.SECONDS);
			for (Future<?> instance : instances) {
				instance.get(60, TimeUnit.SECONDS);
			}
		}
		assertThat(this.reader.effects()).isEqualTo(range(150));
	}

	@Test
	void readerStopsBeforeAGapAndSaysNothingOfWhatLiesBehindIt() {
		append(5);
		this.reader.pull();
		Instant asOf = this.reader.reader().asOf();
		this.reader.hide(7);
		append(3);
		this.reader.pull();
		assertThat(this.reader.reader().position()).isEqualTo(6);
		assertThat(this.reader.reader().asOf()).isEqualTo(asOf);
		this.reader.hide(0);
		this.reader.pull();
		assertThat(this.reader.effects()).hasSize(8);
	}

	@Test
	void anotherEpochHaltsTheReader() {
		append(2);
		this.reader.pull();
		this.source.jdbc.update("UPDATE log_head SET epoch = 'RESTORED'");
		append(1);
		this.reader.pull();
		assertThat(this.reader.reader().position()).isEqualTo(2);
		assertThat(this.reader.state().halted()).isTrue();
		assertThat(this.reader.state().problem()).contains("RESTORED");
	}

	@Test
	void logThatWentBackInTimeHaltsTheReader() {
		append(5);
		this.reader.pull();
		this.source.jdbc.update("DELETE FROM event_log WHERE position > 3");
		this.source.jdbc.update("UPDATE log_head SET pos = 3");
		this.reader.pull();
		assertThat(this.reader.state().halted()).isTrue();
	}

	@Test
	void newReaderOfATrimmedLogStartsFromTheSnapshot() {
		append(5);
		this.source.jdbc.update("DELETE FROM event_log WHERE position <= 4");
		this.source.jdbc.update("UPDATE log_head SET tail = 5");
		this.reader.pull();
		assertThat(this.reader.effects()).containsExactly("snapshot begins", "state of 5");
		append(1);
		this.reader.pull();
		assertThat(this.reader.reader().position()).isEqualTo(6);
		assertThat(this.reader.effects()).hasSize(3);
	}

	@Test
	void unknownTypeStopsTheReaderAfterWhatComesBeforeIt() {
		append(2);
		this.source.transactions
			.write(() -> this.source.events.append(new NewEvent("thing.invented", "x", this.source.clock.now(), 1)));
		append(1);
		this.reader.pull();
		assertThat(this.reader.reader().position()).isEqualTo(2);
		assertThat(this.reader.effects()).hasSize(2);
		assertThat(this.reader.state().halted()).isTrue();
		assertThat(this.reader.state().problem()).contains("thing.invented");
	}

	@Test
	void ignorableAndIgnoredTypesArePassedOver() {
		this.source.transactions.write(() -> this.source.events.append(
				new NewEvent("thing.invented", "x", this.source.clock.now(), 1).ignorable(),
				new NewEvent("thing.boring", "x", this.source.clock.now(), 1), this.source.event("a", "0")));
		this.reader.pull();
		assertThat(this.reader.reader().position()).isEqualTo(3);
		assertThat(this.reader.effects()).containsExactly("0");
	}

	@Test
	void poisonEventParksItsSubjectAndTheRestGoesOn() {
		write("good", "1");
		write("bad", "poison");
		write("good", "2");
		write("bad", "3");
		this.reader.pull();
		write("bad", "4");
		write("good", "5");
		this.reader.pull();
		assertThat(this.reader.effects()).containsExactly("1", "2", "5");
		assertThat(this.reader.reader().parkedSubjects()).containsExactly("bad");
		assertThat(this.reader.state().parked()).isEqualTo(3);
		assertThat(this.reader.reader().position()).isEqualTo(6);
	}

	@Test
	void parkedEventsAreReplayedInOrderOnceTheyCanBeApplied() {
		write("bad", "poison");
		write("bad", "2");
		this.reader.pull();
		assertThatIllegalStateException().isThrownBy(() -> this.reader.inbox().replay("bad"));
		assertThat(this.reader.reader().parkedSubjects()).containsExactly("bad");
		this.reader.healed(true);
		assertThat(this.reader.inbox().replay("bad")).isEqualTo(2);
		write("bad", "3");
		this.reader.pull();
		assertThat(this.reader.effects()).containsExactly("poison", "2", "3");
		assertThat(this.reader.reader().parkedSubjects()).isEmpty();
	}

	@Test
	void parkedEventsCanBeGivenUp() {
		write("bad", "poison");
		this.reader.pull();
		assertThat(this.reader.inbox().discard("bad")).isEqualTo(1);
		write("bad", "2");
		this.reader.pull();
		assertThat(this.reader.effects()).containsExactly("2");
	}

	@Test
	void heldPositionKeepsTheReaderBack() throws Exception {
		append(1);
		this.reader.pull();
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			this.here.transactions.write(() -> {
				long held = this.reader.reader().holdPosition();
				append(1);
				Future<?> pull = threads.submit(() -> this.reader.pull());
				sleep(200);
				assertThat(pull.isDone()).isFalse();
				assertThat(this.reader.reader().position()).isEqualTo(held);
			});
		}
		assertThat(this.reader.effects()).hasSize(2);
	}

	@Test
	void leaseIsHeldByOneAndTakenOverWhenItRanOut() {
		this.here.inbox.cursor("source");
		assertThat(this.here.inbox.lease("source", "a")).isTrue();
		assertThat(this.here.inbox.lease("source", "b")).isFalse();
		assertThat(this.here.inbox.lease("source", "a")).isTrue();
		this.here.jdbc.update("UPDATE inbox_cursor SET lease_until = UTC_TIMESTAMP(6) - INTERVAL 1 SECOND");
		assertThat(this.here.inbox.lease("source", "b")).isTrue();
		this.here.inbox.release("source", "b");
		assertThat(this.here.inbox.lease("source", "a")).isTrue();
	}

	@Test
	void loopGoesOnAfterTheSourceWasDownAndStopsPromptly() throws Exception {
		this.reader.sourceIsDown(true);
		ReaderLoop loop = new ReaderLoop(this.reader.source(), this.here.inbox, Duration.ofSeconds(20), "owner");
		loop.start();
		append(3);
		sleep(300);
		this.reader.sourceIsDown(false);
		for (int i = 0; i < 1200 && this.reader.effects().size() < 3; i++) {
			Thread.sleep(50);
		}
		assertThat(this.reader.effects()).hasSize(3);
		this.source.watch.stop();
		loop.stop();
		loop.awaitEnd();
		assertThat(this.here.inbox.lease("source", "another")).isTrue();
	}

	private void append(int count) {
		for (int i = 0; i < count; i++) {
			int number = i;
			this.source.transactions.write(() -> this.source.events
				.append(this.source.event("thing-" + number % 3, Integer.toString(number))));
		}
	}

	private void write(String subject, String value) {
		this.source.append(subject, value);
	}

	private static List<String> range(int count) {
		List<String> range = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			range.add(Integer.toString(i));
		}
		return range;
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
