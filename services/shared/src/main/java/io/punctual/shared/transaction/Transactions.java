package io.punctual.shared.transaction;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Runs work in a transaction, and once more when a deadlock, a lock wait or a stale
 * instant ended it: the work must therefore be free of side effects outside the database.
 * Inside a transaction it joins, and the outer one retries.
 * <p>
 * The isolation level is the pool's (READ COMMITTED): setting it for each transaction
 * would cost a round trip.
 */
public class Transactions {

	/** How often work is run before its failure is the caller's. */
	static final int MAX_ATTEMPTS = 5;

	private static final int MYSQL_LOCK_WAIT_TIMEOUT = 1205;

	private static final int MYSQL_DEADLOCK = 1213;

	private static final Duration FIRST_PAUSE = Duration.ofMillis(10);

	private static final Logger logger = LoggerFactory.getLogger(Transactions.class);

	private final TransactionTemplate template;

	private final Runnable beforeEnd;

	public Transactions(PlatformTransactionManager transactionManager) {
		this(transactionManager, () -> {
		});
	}

	/**
	 * Create with something that belongs into each transaction that changes something.
	 * @param transactionManager opens them
	 * @param beforeEnd called inside of each, after its work
	 */
	public Transactions(PlatformTransactionManager transactionManager, Runnable beforeEnd) {
		this.template = new TransactionTemplate(transactionManager);
		this.beforeEnd = beforeEnd;
	}

	/**
	 * Run work that changes something.
	 * @param <T> what the work results in
	 * @param work what to do; may be run up to five times
	 * @return the work's result
	 */
	public <T> T write(Supplier<T> work) {
		return run(() -> {
			T result = work.get();
			this.beforeEnd.run();
			return result;
		}, work);
	}

	@SuppressWarnings("NullAway")
	private <T> T run(Supplier<T> work, Supplier<T> joined) {
		if (TransactionSynchronizationManager.isActualTransactionActive()) {
			return this.template.execute((status) -> joined.get());
		}
		for (int attempt = 1;; attempt++) {
			try {
				return this.template.execute((status) -> work.get());
			}
			catch (RuntimeException ex) {
				if (attempt == MAX_ATTEMPTS || !isWorthRetrying(ex)) {
					throw ex;
				}
				logger.debug("Attempt {} of a transaction failed, trying again", attempt, ex);
				pause(attempt);
			}
		}
	}

	/**
	 * Run pieces of work in one transaction, which is not tried again.
	 * @param works what to do, each followed by what belongs into each transaction
	 */
	void together(List<Runnable> works) {
		this.template.executeWithoutResult((status) -> works.forEach(Runnable::run));
	}

	/** What belongs into each transaction that changes something, after its work. */
	void end() {
		this.beforeEnd.run();
	}

	/**
	 * Run work that changes something and has no result.
	 * @param work what to do; may be run up to five times
	 */
	public void write(Runnable work) {
		write(() -> {
			work.run();
			return Boolean.TRUE;
		});
	}

	/**
	 * Run work that only reads, on one connection.
	 * @param <T> what the work results in
	 * @param work what to read
	 * @return the work's result
	 */
	public <T> T read(Supplier<T> work) {
		// Not marked read-only: the driver would tell the server so, and take it back, in
		// two round trips.
		return run(work, work);
	}

	private static boolean isWorthRetrying(RuntimeException failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof RetryableTransactionException) {
				return true;
			}
			if (cause instanceof SQLException sql
					&& (sql.getErrorCode() == MYSQL_DEADLOCK || sql.getErrorCode() == MYSQL_LOCK_WAIT_TIMEOUT)) {
				return true;
			}
		}
		return false;
	}

	private static void pause(int attempt) {
		long most = FIRST_PAUSE.toMillis() << (attempt - 1);
		try {
			Thread.sleep(ThreadLocalRandom.current().nextLong(most / 2, most + 1));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted before a transaction was tried again", ex);
		}
	}

}
