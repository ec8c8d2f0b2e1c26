package io.punctual.shared.events;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A reader that dies, wherever it is, neither skips nor repeats an effect.
 */
class KilledReaderTests {

	/** More than a page that is applied, or parked, has of them. */
	private static final int MOST_STEPS = 80;

	private LogDatabase source;

	private LogDatabase here;

	@BeforeEach
	void create() {
		this.source = LogDatabase.create(4);
		this.here = LogDatabase.create(8);
	}

	@AfterEach
	void close() {
		this.source.close();
		this.here.close();
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void effectsAreNeitherSkippedNorRepeatedWhereverTheReaderIsKilled(boolean afterTheStep) {
		List<String> expected = new ArrayList<>();
		int kills = 0;
		for (int step = 1;; step++) {
			assertThat(step).isLessThan(MOST_STEPS);
			for (int i = 0; i < 3; i++) {
				this.source.append("good", step + "/" + i);
				expected.add(step + "/" + i);
			}
			if (!killAt(step, afterTheStep)) {
				break;
			}
			kills++;
			TestReader.of(this.source, this.here).pull();
			assertThat(effects()).isEqualTo(expected);
		}
		assertThat(effects()).isEqualTo(expected);
		assertThat(kills).isGreaterThan(5);
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void poisonIsParkedOnceWhereverTheReaderIsKilled(boolean afterTheStep) {
		List<String> expected = new ArrayList<>();
		int kills = 0;
		for (int step = 1;; step++) {
			assertThat(step).isLessThan(MOST_STEPS);
			this.source.append("good", step + "/1");
			this.source.append("bad-" + step, "poison");
			this.source.append("good", step + "/2");
			this.source.append("bad-" + step, "later");
			expected.add(step + "/1");
			expected.add(step + "/2");
			if (!killAt(step, afterTheStep)) {
				break;
			}
			kills++;
			TestReader.of(this.source, this.here).pull();
			assertThat(effects()).isEqualTo(expected);
			assertThat(this.here.inbox.cursor("source").parked()).isEqualTo(2L * step);
		}
		assertThat(effects()).isEqualTo(expected);
		assertThat(kills).isGreaterThan(20);
	}

	@Test
	void anotherInstanceTakesOverWhenTheConnectionIsKilledInTheMiddleOfTheEffects() throws Exception {
		for (int i = 0; i < 5; i++) {
			this.source.append("good", Integer.toString(i));
		}
		BlockingQueue<Long> applying = new LinkedBlockingQueue<>();
		CountDownLatch killed = new CountDownLatch(1);
		TestReader doomed = TestReader.of(this.source, this.here);
		doomed.afterEffects(() -> {
			Long connection = this.here.jdbc.queryForObject("SELECT CONNECTION_ID()", Long.class);
			applying.add((connection != null) ? connection : 0L);
			await(killed);
		});
		TestReader heir = TestReader.of(this.source, this.here);
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			Future<?> first = threads.submit(doomed::pull);
			Long connection = applying.poll(60, TimeUnit.SECONDS);
			Future<?> second = threads.submit(heir::pull);
			Thread.sleep(200);
			assertThat(second.isDone()).isFalse();
			this.here.jdbc.execute("KILL " + connection);
			killed.countDown();
			second.get(60, TimeUnit.SECONDS);
			assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> first.get(60, TimeUnit.SECONDS));
		}
		assertThat(effects()).containsExactly("0", "1", "2", "3", "4");
	}

	@Test
	void interruptedThreadLeavesEverythingToTheNext() throws Exception {
		this.source.append("good", "0");
		TestReader doomed = TestReader.of(this.source, this.here);
		BlockingQueue<Thread> applying = new LinkedBlockingQueue<>();
		doomed.afterEffects(() -> {
			applying.add(Thread.currentThread());
			await(new CountDownLatch(1));
		});
		Thread thread = Thread.ofVirtual().start(() -> {
			try {
				doomed.pull();
			}
			catch (RuntimeException ex) {
				// That is what a killed reader does.
			}
		});
		applying.take().interrupt();
		thread.join();
		assertThat(effects()).isEmpty();
		TestReader.of(this.source, this.here).pull();
		assertThat(effects()).containsExactly("0");
	}

	private boolean killAt(int step, boolean afterTheStep) {
		DyingDataSource dying = new DyingDataSource(this.here.dataSource, step, afterTheStep);
		LogDatabase instance = this.here.instance(dying);
		try {
			TestReader.of(this.source, instance).pull();
		}
		catch (RuntimeException ex) {
			assertThat(dying.isDead()).isTrue();
		}
		finally {
			instance.watch.stop();
		}
		return dying.isDead();
	}

	private List<String> effects() {
		return TestReader.of(this.source, this.here).effects();
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}
