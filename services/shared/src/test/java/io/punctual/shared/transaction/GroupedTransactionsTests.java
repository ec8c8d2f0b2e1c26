package io.punctual.shared.transaction;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.function.Supplier;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What waits while transactions are under way goes together into the next one, and a
 * failure is only ever one's own.
 */
@Timeout(120)
class GroupedTransactionsTests {

	private final Counting manager = new Counting();

	private final GroupedTransactions groups = new GroupedTransactions(new Transactions(this.manager));

	@Test
	void whoComesAloneIsServedAlone() {
		assertThat(this.groups.write(() -> "done", (work) -> work)).isEqualTo("done");
		assertThat(this.manager.commits).hasValue(1);
	}

	@Test
	void whatWaitsGoesTogether() throws Exception {
		List<Future<Integer>> answers = afterTwoThatAreBusy(8, (number) -> () -> number);
		for (int i = 0; i < answers.size(); i++) {
			assertThat(answers.get(i).get()).isEqualTo(i);
		}
		assertThat(this.manager.commits.get()).as("transactions of ten").isLessThan(10);
	}

	@Test
	void aFailureIsOnesOwn() throws Exception {
		List<Future<Integer>> answers = afterTwoThatAreBusy(8, (number) -> () -> {
			if (number == 3) {
				throw new IllegalStateException("No");
			}
			return number;
		});
		for (int i = 0; i < answers.size(); i++) {
			if (i == 3) {
				assertThatExceptionOfType(ExecutionException.class).isThrownBy(answers.get(3)::get)
					.withRootCauseInstanceOf(IllegalStateException.class);
			}
			else {
				assertThat(answers.get(i).get()).isEqualTo(i);
			}
		}
	}

	private List<Future<Integer>> afterTwoThatAreBusy(int count, IntFunction<Supplier<Integer>> work) throws Exception {
		CountDownLatch go = new CountDownLatch(1);
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			for (int i = 0; i < 2; i++) {
				CountDownLatch busy = new CountDownLatch(1);
				threads.submit(() -> this.groups.write(() -> {
					busy.countDown();
					awaitQuietly(go);
					return -1;
				}, (own) -> own));
				busy.await();
			}
			List<Future<Integer>> answers = new ArrayList<>();
			for (int i = 0; i < count; i++) {
				int number = i;
				CompletableFuture<Thread> asking = new CompletableFuture<>();
				answers.add(threads.submit(() -> {
					asking.complete(Thread.currentThread());
					return this.groups.write(work.apply(number), (own) -> own);
				}));
				Thread thread = asking.get();
				Awaitility.await()
					.atMost(Duration.ofSeconds(60))
					.until(() -> thread.getState() == Thread.State.WAITING);
			}
			go.countDown();
			return answers;
		}
	}

	private static void awaitQuietly(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Counts what is committed, and does nothing else. */
	private static final class Counting extends AbstractPlatformTransactionManager {

		private static final long serialVersionUID = 1L;

		private final AtomicInteger commits = new AtomicInteger();

		@Override
		protected Object doGetTransaction() {
			return new Object();
		}

		@Override
		protected void doBegin(Object transaction, TransactionDefinition definition) {
			// There is no database.
		}

		@Override
		protected void doCommit(DefaultTransactionStatus status) {
			this.commits.incrementAndGet();
		}

		@Override
		protected void doRollback(DefaultTransactionStatus status) {
			// There is nothing to take back.
		}

	}

}
