package io.punctual.shared.events;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Prints how many events a second are appended singly and in groups, by 16 writers on a
 * database whose commits are synced. Not run with the tests: its name does not end like
 * theirs.
 */
class AppendBenchmark {

	private static final int WRITERS = 16;

	private static final long SECONDS = 5;

	private static final int GROUP = 100;

	@Test
	void printAppendsPerSecond() throws Exception {
		try (LogDatabase database = LogDatabase.synced(WRITERS + 2)) {
			rate(database, 1, 1);
			double single = rate(database, 1, SECONDS);
			double grouped = rate(database, GROUP, SECONDS);
			System.out.printf("Appended singly: %.0f events/s; in groups of %d: %.0f events/s; ratio %.1f%n", single,
					GROUP, grouped, grouped / single);
			assertThat(grouped).isGreaterThan(single);
		}
	}

	private static double rate(LogDatabase database, int group, long seconds) {
		AtomicLong appended = new AtomicLong();
		long end = System.nanoTime() + seconds * 1_000_000_000;
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			for (int writer = 0; writer < WRITERS; writer++) {
				String subject = "writer-" + writer;
				threads.submit(() -> {
					while (System.nanoTime() < end) {
						database.transactions.write(() -> {
							NewEvent[] events = new NewEvent[group];
							for (int i = 0; i < group; i++) {
								events[i] = new NewEvent("thing.changed", subject, Instant.now(),
										Map.of("name", subject))
									.restampable();
							}
							database.events.append(events);
						});
						appended.addAndGet(group);
					}
				});
			}
		}
		return appended.get() / (double) seconds;
	}

}
