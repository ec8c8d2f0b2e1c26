package io.punctual.sla.clock;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import io.punctual.shared.release.GatedWork;
import io.punctual.shared.time.DatabaseClock;
import io.punctual.shared.time.DatabaseTime;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * One thread that waits for the earliest instant at which a clock has to be judged, reads
 * the logs, and has it judged. New clocks wake it; those that another instance starts are
 * seen within a second, long before their first instant.
 */
@Component
class ClockTimer implements GatedWork {

	private static final Logger logger = LoggerFactory.getLogger(ClockTimer.class);

	private static final List<String> LANES = List.of("notices", "delivery");

	/** A log is complete up to this long before it was read. */
	private static final Duration COMPLETENESS = Duration.ofMillis(502);

	/** Longer than this after its instant, a clock that cannot be judged is marked. */
	private static final Duration PATIENCE = Duration.ofSeconds(2);

	private static final Duration LOOK = Duration.ofSeconds(1);

	private static final Duration AGAIN = Duration.ofMillis(25);

	private final JdbcClient jdbc;

	private final Horizon horizon;

	private final Judge judge;

	private final DatabaseClock database;

	private final Semaphore wake = new Semaphore(0);

	private volatile @Nullable Thread thread;

	ClockTimer(JdbcClient jdbc, Horizon horizon, @Lazy Judge judge, DatabaseClock database) {
		this.jdbc = jdbc;
		this.horizon = horizon;
		this.judge = judge;
		this.database = database;
	}

	/**
	 * Has the timer look at the clocks again once the present transaction has committed.
	 */
	void wakeAfterCommit() {
		if (!TransactionSynchronizationManager.isSynchronizationActive()) {
			this.wake.release();
			return;
		}
		TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
			@Override
			public void afterCommit() {
				ClockTimer.this.wake.release();
			}
		});
	}

	@Override
	public void startWork() {
		Thread started = Thread.ofPlatform().name("clock-timer").daemon().unstarted(this::run);
		this.thread = started;
		started.start();
	}

	@Override
	public void stopWork() {
		Thread running = this.thread;
		this.thread = null;
		if (running != null) {
			this.wake.release();
			try {
				running.join(Duration.ofSeconds(5));
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}
	}

	private boolean isMine() {
		return this.thread == Thread.currentThread();
	}

	private void run() {
		while (isMine()) {
			Duration pause;
			try {
				pause = turn();
			}
			catch (RuntimeException ex) {
				if (!isMine()) {
					return;
				}
				logger.warn("The clocks could not be judged, trying again", ex);
				pause = LOOK;
			}
			try {
				if (this.wake.tryAcquire(Math.max(1, pause.toMillis()), TimeUnit.MILLISECONDS)) {
					this.wake.drainPermits();
				}
			}
			catch (InterruptedException ex) {
				return;
			}
		}
	}

	/**
	 * Judges what can be judged.
	 * @return how long nothing is to be done
	 */
	Duration turn() {
		Instant now = this.database.now();
		Instant readable = now.minus(COMPLETENESS);
		Duration pause = LOOK;
		boolean pulled = false;
		for (String lane : LANES) {
			Instant next = next(lane);
			if (next == null) {
				continue;
			}
			if (next.isAfter(readable)) {
				pause = shorter(pause, Duration.between(readable, next));
				continue;
			}
			if (!pulled) {
				this.horizon.pull();
				pulled = true;
			}
			Horizon.Reach reach = this.horizon.of(lane);
			int judged = reach.until().isBefore(next) ? 0 : this.judge.judge(lane, reach);
			Instant late = now.minus(PATIENCE);
			if (reach.until().isBefore(late)) {
				int marked = this.judge.markPending(lane, late);
				if (marked > 0) {
					logger.warn("{} clocks wait for evidence: {}", marked, reach.evidence());
				}
			}
			pause = (judged > 0) ? AGAIN : shorter(pause, reach.until().isBefore(late) ? LOOK.dividedBy(4) : AGAIN);
		}
		return pause;
	}

	private @Nullable Instant next(String lane) {
		return this.jdbc.sql("SELECT MIN(next_at) FROM clock WHERE evidence = ?")
			.param(lane)
			.query((row, number) -> new Next(DatabaseTime.fromNullableColumn(row.getObject(1, LocalDateTime.class))))
			.single()
			.at();
	}

	private static Duration shorter(Duration one, Duration other) {
		return (one.compareTo(other) <= 0) ? one : other;
	}

	private record Next(@Nullable Instant at) {
	}

}
