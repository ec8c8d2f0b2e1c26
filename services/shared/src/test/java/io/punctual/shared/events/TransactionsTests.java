package io.punctual.shared.events;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * When work is run again, and what comes last in a transaction.
 */
class TransactionsTests {

	private LogDatabase database;

	@BeforeEach
	void create() {
		this.database = LogDatabase.create(6);
		this.database.jdbc.update("INSERT INTO effect (position, subject, value) VALUES (1, 'a', ''), (2, 'b', '')");
	}

	@AfterEach
	void close() {
		this.database.close();
	}

	@Test
	void deadlockedWorkIsRunAgain() throws Exception {
		AtomicInteger runs = new AtomicInteger();
		CountDownLatch both = new CountDownLatch(2);
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			Future<?> first = threads.submit(() -> this.database.transactions.write(() -> crossing(1, 2, runs, both)));
			Future<?> second = threads.submit(() -> this.database.transactions.write(() -> crossing(2, 1, runs, both)));
			first.get(60, TimeUnit.SECONDS);
			second.get(60, TimeUnit.SECONDS);
		}
		assertThat(runs.get()).isGreaterThanOrEqualTo(3);
		assertThat(this.database.jdbc.queryForObject("SELECT SUM(LENGTH(value)) FROM effect", Integer.class))
			.isEqualTo(4);
	}

	private void crossing(int one, int other, AtomicInteger runs, CountDownLatch both) {
		runs.incrementAndGet();
		this.database.jdbc.update("UPDATE effect SET value = CONCAT(value, '.') WHERE id = ?", one);
		both.countDown();
		try {
			both.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
		this.database.jdbc.update("UPDATE effect SET value = CONCAT(value, '.') WHERE id = ?", other);
	}

	@Test
	void failureOfTheWorkItselfIsTheCallersAtOnce() {
		AtomicInteger runs = new AtomicInteger();
		assertThatIllegalStateException().isThrownBy(() -> this.database.transactions.write(() -> {
			runs.incrementAndGet();
			throw new IllegalStateException("on purpose");
		}));
		assertThat(runs).hasValue(1);
	}

	@Test
	void innerWorkJoinsTheTransactionAndLeavesRetryingToTheOuter() {
		AtomicInteger outer = new AtomicInteger();
		AtomicInteger inner = new AtomicInteger();
		this.database.transactions.write(() -> {
			outer.incrementAndGet();
			this.database.transactions.write(() -> {
				if (inner.incrementAndGet() == 1) {
					throw StaleInstantException.of(this.database.event("a", 1), this.database.clock.now());
				}
			});
		});
		assertThat(outer).hasValue(2);
		assertThat(inner).hasValue(2);
	}

	@Test
	void whatAnOrmHoldsBackIsWrittenBeforeThePositionsAreTaken() {
		this.database.transactions.write(() -> {
			TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

				@Override
				public void flush() {
					TransactionsTests.this.database.jdbc.update(
							"INSERT INTO effect (position, subject, value) SELECT pos, 'flushed', '' FROM log_head");
				}

			});
			this.database.events.append(this.database.event("a", 1));
		});
		assertThat(
				this.database.jdbc.queryForObject("SELECT position FROM effect WHERE subject = 'flushed'", Long.class))
			.isZero();
		assertThat(this.database.log.head().pos()).isEqualTo(1);
	}

}
