package io.punctual.shared.release;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;

/**
 * Starts and stops the background work of this instance: none before the schema is there,
 * and, where the gate is guarded, only while the release is the active one.
 */
class GateKeeper implements WorkGate, SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(GateKeeper.class);

	private final ObjectProvider<GatedWork> works;

	private final BooleanSupplier schema;

	/** Null: the gate is open. */
	private final @Nullable Guard guard;

	private final Duration interval;

	private final ReentrantLock turning = new ReentrantLock();

	private volatile ReleaseState state = ReleaseState.STANDBY;

	private volatile boolean running;

	private boolean working;

	private @Nullable Thread thread;

	GateKeeper(ObjectProvider<GatedWork> works, BooleanSupplier schema, @Nullable Guard guard, Duration interval) {
		this.works = works;
		this.schema = schema;
		this.guard = guard;
		this.interval = interval;
	}

	@Override
	public boolean isOpen() {
		return this.running && this.state == ReleaseState.ACTIVE;
	}

	@Override
	public boolean isTrusted() {
		return this.state == ReleaseState.ACTIVE || this.state == ReleaseState.DRAINING;
	}

	@Override
	public void start() {
		this.running = true;
		look();
		turn();
		if (this.guard != null || this.state != ReleaseState.ACTIVE) {
			this.thread = Thread.ofVirtual().name("work-gate").start(this::keepLooking);
		}
	}

	private void keepLooking() {
		try {
			while (this.running && (this.guard != null || this.state != ReleaseState.ACTIVE)) {
				Thread.sleep(this.interval);
				ReleaseState former = this.state;
				look();
				if (this.state != former) {
					// Finishing takes its time, and the heart goes on beating meanwhile.
					Thread.ofVirtual().name("work-turn").start(this::turn);
				}
			}
		}
		catch (InterruptedException ex) {
			logger.debug("The gate is no longer looked at");
		}
	}

	private void look() {
		try {
			if (!this.schema.getAsBoolean()) {
				this.state = ReleaseState.STANDBY;
			}
			else {
				this.state = (this.guard != null) ? this.guard.look() : ReleaseState.ACTIVE;
			}
		}
		catch (RuntimeException ex) {
			logger.debug("The gate cannot be looked at", ex);
			if (this.guard != null) {
				this.state = this.guard.withoutContact();
			}
		}
	}

	/** Makes the work be as the gate says. */
	private void turn() {
		this.turning.lock();
		try {
			boolean open = isOpen();
			if (open && !this.working) {
				this.working = true;
				this.works.orderedStream().forEach(GatedWork::startWork);
				logger.info("The background work has begun");
			}
			else if (!open && this.working) {
				stopAll(this.works.orderedStream().toList());
				this.working = false;
				logger.info("The background work has ended");
			}
		}
		finally {
			this.turning.unlock();
		}
	}

	private static void stopAll(List<GatedWork> works) {
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			works.forEach((work) -> threads.execute(work::stopWork));
		}
	}

	@Override
	public void stop() {
		this.running = false;
		Thread thread = this.thread;
		if (thread != null) {
			thread.interrupt();
		}
		turn();
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	/**
	 * Starts last and stops first: before the web server waits for the requests in hand.
	 */
	@Override
	public int getPhase() {
		return DEFAULT_PHASE;
	}

}
