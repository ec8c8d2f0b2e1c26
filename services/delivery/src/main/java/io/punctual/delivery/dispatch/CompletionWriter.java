package io.punctual.delivery.dispatch;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.punctual.shared.transaction.RetryableTransactionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;

/**
 * Writes what came of attempts in groups: after 20 ms, or 500 of them. While the database
 * is away it keeps them; the leases' tokens tell afterwards what still counts. It does
 * not ask whether the release is active: what was leased is finished.
 */
@Component
class CompletionWriter implements SmartLifecycle {

	private static final int MOST = 500;

	private static final long WINDOW_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

	private static final long MOST_PAUSE_MILLIS = 1000;

	private static final Logger logger = LoggerFactory.getLogger(CompletionWriter.class);

	private final LinkedBlockingQueue<Item> queue = new LinkedBlockingQueue<>();

	private final CompletionStore store;

	private final AttemptMeters meters;

	private final Backlog backlog = new Backlog();

	private volatile @Nullable Thread worker;

	CompletionWriter(CompletionStore store, AttemptMeters meters) {
		this.store = store;
		this.meters = meters;
	}

	CompletableFuture<Void> write(Completion completion) {
		CompletableFuture<Void> written = new CompletableFuture<>();
		add(new Item(completion, written, null));
		return written;
	}

	void release(Release release) {
		add(new Item(null, null, release));
	}

	private void add(Item item) {
		this.backlog.added(System.nanoTime());
		this.queue.add(item);
	}

	Backlog backlog() {
		return this.backlog;
	}

	/** Whether it should be writing and cannot. */
	boolean isDead() {
		Thread thread = this.worker;
		return thread != null && !thread.isAlive();
	}

	long wakeOf(String endpointId) {
		return this.store.wakeOf(endpointId);
	}

	@Override
	public synchronized void start() {
		if (this.worker == null) {
			// Known before it runs: it ends when it finds that it is not the one.
			Thread thread = Thread.ofPlatform().daemon().name("completions").unstarted(this::work);
			this.worker = thread;
			thread.start();
		}
	}

	/** Writes what is left, then ends. */
	@Override
	public synchronized void stop() {
		Thread thread = this.worker;
		this.worker = null;
		if (thread != null) {
			thread.interrupt();
		}
	}

	@Override
	public boolean isRunning() {
		return this.worker != null;
	}

	/** Starts before those whose completions it writes, and stops after them. */
	@Override
	public int getPhase() {
		return DEFAULT_PHASE - 1;
	}

	private void work() {
		while (this.worker == Thread.currentThread()) {
			try {
				writeAll(group());
			}
			catch (InterruptedException ex) {
				logger.debug("Stops writing");
			}
		}
	}

	private List<Item> group() throws InterruptedException {
		List<Item> group = new ArrayList<>();
		group.add(this.queue.take());
		long end = System.nanoTime() + WINDOW_NANOS;
		while (group.size() < MOST) {
			this.queue.drainTo(group, MOST - group.size());
			// A release means that somebody waits, and that nothing more will come of
			// his.
			Item next = this.queue.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
			if (next == null) {
				break;
			}
			group.add(next);
		}
		return group;
	}

	private void writeAll(List<Item> group) throws InterruptedException {
		for (long pause = 50;; pause = Math.min(2 * pause, MOST_PAUSE_MILLIS)) {
			try {
				writeOnce(group);
				return;
			}
			catch (DataIntegrityViolationException ex) {
				if (group.size() == 1) {
					logger.error("A completion cannot be written; its lease runs out and it is tried again", ex);
					this.backlog.written(1, System.nanoTime());
					group.getFirst().fail(ex);
					return;
				}
				for (Item item : group) {
					writeAll(List.of(item));
				}
				return;
			}
			catch (RetryableTransactionException ex) {
				// It took too long for what it tells: smaller groups are faster.
				int half = group.size() / 2;
				if (half > 0) {
					writeAll(group.subList(0, half));
					writeAll(group.subList(half, group.size()));
					return;
				}
			}
			catch (RuntimeException ex) {
				logger.warn("{} completions could not be written, trying again: {}", group.size(), ex.toString());
				Thread.sleep(pause);
			}
		}
	}

	private void writeOnce(List<Item> group) {
		List<Completion> completions = new ArrayList<>();
		List<Release> releases = new ArrayList<>();
		for (Item item : group) {
			if (item.completion() != null) {
				completions.add(item.completion());
			}
			if (item.release() != null) {
				releases.add(item.release());
			}
		}
		List<Release.Answer> answers = this.store.write(completions, releases);
		this.backlog.written(group.size(), System.nanoTime());
		this.meters.written(completions);
		for (int i = 0; i < releases.size(); i++) {
			releases.get(i).answer().complete(answers.get(i));
		}
		for (Item item : group) {
			if (item.written() != null) {
				item.written().complete(null);
			}
		}
	}

	/**
	 * Something to write.
	 */
	private record Item(@Nullable Completion completion, @Nullable CompletableFuture<Void> written,
			@Nullable Release release) {

		void fail(RuntimeException cause) {
			if (this.written != null) {
				this.written.completeExceptionally(cause);
			}
			if (this.release != null) {
				this.release.answer().completeExceptionally(cause);
			}
		}

	}

}
