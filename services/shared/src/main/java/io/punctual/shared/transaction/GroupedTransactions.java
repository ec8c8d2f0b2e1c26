package io.punctual.shared.transaction;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Runs pieces of work that come at the same time in one transaction: they share its
 * beginning, its commit and the lock of the log's head. Nobody waits for others to come:
 * what comes while transactions are under way goes into the next one. If a group fails,
 * for whatever reason, nothing of it is done, and each piece is run in a transaction of
 * its own, as if there were no groups. See {@code docs/decisions/group-commit.md}.
 */
public class GroupedTransactions {

	/** So many transactions at once: what one of them waits for, another does not. */
	private static final int AT_ONCE = 2;

	/** More would take too long for the instants that they tell of. */
	private static final int MOST = 8;

	private static final Logger logger = LoggerFactory.getLogger(GroupedTransactions.class);

	private final Transactions transactions;

	private final Semaphore leaders = new Semaphore(AT_ONCE);

	private final Queue<Piece<?>> waiting = new ConcurrentLinkedQueue<>();

	public GroupedTransactions(Transactions transactions) {
		this.transactions = transactions;
	}

	/**
	 * Run work that changes something.
	 * @param <T> what the work results in
	 * @param work what to do; may be run up to six times, and on another thread
	 * @param carried sets up for another thread what the work finds on this one
	 * @return the work's result, once it is committed
	 */
	public <T> T write(Supplier<T> work, UnaryOperator<Runnable> carried) {
		if (TransactionSynchronizationManager.isActualTransactionActive()) {
			return this.transactions.write(work);
		}
		Piece<T> piece = new Piece<>(work, carried);
		this.waiting.add(piece);
		boolean interrupted = false;
		while (piece.state == State.WAITING) {
			if (!lead(piece)) {
				LockSupport.park(this);
				interrupted |= Thread.interrupted();
			}
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
		return (piece.state == State.DONE) ? piece.result() : this.transactions.write(work);
	}

	/**
	 * Does what waits, if there are not enough who do.
	 * @return whether it did this piece
	 */
	private boolean lead(Piece<?> own) {
		if (!this.leaders.tryAcquire()) {
			return false;
		}
		try {
			// If it is gone, another one does it already.
			return this.waiting.remove(own) && run(with(own));
		}
		finally {
			this.leaders.release();
			Piece<?> next = this.waiting.peek();
			if (next != null) {
				next.wake();
			}
		}
	}

	private List<Piece<?>> with(Piece<?> own) {
		List<Piece<?>> group = new ArrayList<>(List.of(own));
		while (group.size() < MOST) {
			Piece<?> piece = this.waiting.poll();
			if (piece == null) {
				break;
			}
			group.add(piece);
		}
		return group;
	}

	private boolean run(List<Piece<?>> group) {
		if (group.size() == 1) {
			group.getFirst().runHere(this.transactions);
			return true;
		}
		State state = State.ALONE;
		try {
			this.transactions.together(group.stream().map((piece) -> piece.within(this.transactions::end)).toList());
			state = State.DONE;
		}
		catch (RuntimeException ex) {
			logger.debug("{} pieces of work cannot be done together, each is done alone", group.size(), ex);
		}
		finally {
			for (Piece<?> piece : group) {
				piece.settle(state);
			}
		}
		return true;
	}

	/**
	 * Somebody's work.
	 */
	private static final class Piece<T> {

		private final Supplier<T> work;

		private final UnaryOperator<Runnable> carried;

		private final Thread thread = Thread.currentThread();

		private @Nullable T result;

		private volatile State state = State.WAITING;

		private Piece(Supplier<T> work, UnaryOperator<Runnable> carried) {
			this.work = work;
			this.carried = carried;
		}

		private Runnable within(Runnable end) {
			return this.carried.apply(() -> {
				this.result = this.work.get();
				end.run();
			});
		}

		private void settle(State state) {
			this.state = state;
			wake();
		}

		private void wake() {
			LockSupport.unpark(this.thread);
		}

		/** By itself, on the thread that brought it: a failure is its own. */
		private void runHere(Transactions transactions) {
			this.result = transactions.write(this.work);
			this.state = State.DONE;
		}

		@SuppressWarnings("NullAway")
		private T result() {
			return this.result;
		}

	}

	private enum State {

		WAITING, DONE, ALONE

	}

}
