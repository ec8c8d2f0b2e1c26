package io.punctual.delivery.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

import io.punctual.delivery.DeliveryClock;
import io.punctual.delivery.dispatch.Completion.Verdict;
import io.punctual.delivery.endpoint.Endpoint;
import io.punctual.delivery.endpoint.Endpoints;
import io.punctual.delivery.retry.AttemptTimes;
import org.jspecify.annotations.Nullable;

/**
 * Sends what waits for one endpoint while its lease is held: in order, within the rate,
 * at most four at once; to a failing one a single probe.
 */
final class EndpointRun {

	private static final int AT_ONCE = 4;

	private final Lease lease;

	private final Attempter attempter;

	private final CompletionWriter writer;

	private final PendingDeliveries deliveries;

	private final Endpoints endpoints;

	private final DeliveryClock clock;

	private final List<CompletableFuture<?>> unwritten = new ArrayList<>();

	private volatile long wake;

	private volatile Instant leaseUntil;

	private volatile boolean stopped;

	/** Guarded by this run's monitor, as are the two below. */
	private final Set<String> busyNotices = new HashSet<>();

	private int inFlight;

	private @Nullable AttemptTimes failed;

	/** How many deliveries have come to their end. */
	private int settled;

	private Instant nextStart = Instant.MIN;

	EndpointRun(Lease lease, Instant leaseUntil, Attempter attempter, CompletionWriter writer,
			PendingDeliveries deliveries, Endpoints endpoints, DeliveryClock clock) {
		this.lease = lease;
		this.wake = lease.wake();
		this.leaseUntil = leaseUntil;
		this.attempter = attempter;
		this.writer = writer;
		this.deliveries = deliveries;
		this.endpoints = endpoints;
		this.clock = clock;
	}

	Lease lease() {
		return this.lease;
	}

	void renewed(Instant until) {
		this.leaseUntil = until;
	}

	/** Finish what is in flight, start nothing more. */
	void stop() {
		this.stopped = true;
	}

	void run(Start start) {
		Endpoint endpoint = start.endpoint();
		List<PendingDelivery> pending = start.pending();
		boolean failing = this.lease.failing();
		boolean whole = endpoint != null;
		boolean all = start.all();
		while (true) {
			if (endpoint == null) {
				settle();
				this.wake = this.writer.wakeOf(this.lease.endpointId());
				endpoint = this.endpoints.find(this.lease.endpointId());
				pending = this.deliveries.load(this.lease.endpointId(), failing, this.clock.now());
				whole = pending.size() < PendingDeliveries.BATCH;
				all = false;
			}
			if (endpoint == null) {
				return;
			}
			boolean complete = whole && !this.lease.failing();
			if (failing && !pending.isEmpty()) {
				List<PendingDelivery> left = new ArrayList<>(pending);
				failing = !probe(endpoint, left);
				// It is well again. What it rejected has times of its own: then all is
				// read anew.
				complete = !failing && whole && left.stream().noneMatch(PendingDelivery::rejected);
				if (complete) {
					failing = !flush(endpoint, left);
				}
			}
			else {
				failing = !flush(endpoint, pending);
			}
			boolean done = failing || this.stopped || !holds() || complete;
			if (done || pending.isEmpty()) {
				Release.Answer answer = release(all ? pending.size() : Integer.MAX_VALUE);
				if (answer != Release.Answer.AGAIN) {
					return;
				}
				failing = false;
			}
			this.failed = null;
			endpoint = null;
		}
	}

	/**
	 * One attempt, and only the first that is not hopeless.
	 * @param left what waits; what comes to an end or is tried is taken from it
	 */
	private boolean probe(Endpoint endpoint, List<PendingDelivery> left) {
		Instant now = this.clock.now();
		for (PendingDelivery delivery : left.stream().sorted(PendingDelivery.order(now)).toList()) {
			left.remove(delivery);
			Completion completion = this.attempter.attempt(this.lease, endpoint, delivery);
			this.unwritten.add(this.writer.write(completion));
			if (completion.attempt() != null) {
				this.failed = completion.isEndpointHealthy() ? null : times(completion);
				return this.failed == null;
			}
		}
		return true;
	}

	/**
	 * Sends all of it, unless something fails.
	 * @return whether nothing has failed
	 */
	private boolean flush(Endpoint endpoint, List<PendingDelivery> pending) {
		List<PendingDelivery> left = new ArrayList<>(pending);
		left.sort(PendingDelivery.order(this.clock.now()));
		while (!left.isEmpty() && mayGoOn()) {
			PendingDelivery next = take(left);
			if (next == null) {
				continue;
			}
			pace(endpoint.ratePerSecond());
			if (left.isEmpty() && pending.size() == 1) {
				make(endpoint, next);
			}
			else {
				Thread.startVirtualThread(() -> make(endpoint, next));
			}
		}
		synchronized (this) {
			while (this.inFlight > 0) {
				await();
			}
			return this.failed == null;
		}
	}

	/** The next one whose notice has nothing in flight; waits while there is none. */
	private synchronized @Nullable PendingDelivery take(List<PendingDelivery> left) {
		if (this.inFlight < AT_ONCE) {
			for (PendingDelivery candidate : left) {
				PendingDelivery first = earliestOfNotice(left, candidate);
				if (!this.busyNotices.contains(first.noticeId())) {
					left.remove(first);
					this.busyNotices.add(first.noticeId());
					this.inFlight++;
					return first;
				}
			}
		}
		await();
		return null;
	}

	/** What was said first in a notice is sent first. */
	private static PendingDelivery earliestOfNotice(List<PendingDelivery> left, PendingDelivery candidate) {
		PendingDelivery first = candidate;
		for (PendingDelivery other : left) {
			if (other.noticeId().equals(first.noticeId()) && other.clientSeq() < first.clientSeq()) {
				first = other;
			}
		}
		return first;
	}

	private void make(Endpoint endpoint, PendingDelivery delivery) {
		@Nullable Completion completion = null;
		try {
			completion = this.attempter.attempt(this.lease, endpoint, delivery);
		}
		finally {
			synchronized (this) {
				if (completion != null) {
					this.unwritten.add(this.writer.write(completion));
					this.settled += (completion.verdict() != Completion.Verdict.RETRY) ? 1 : 0;
					if (completion.attempt() != null && !completion.isEndpointHealthy()) {
						this.failed = times(completion);
					}
				}
				else {
					this.stopped = true;
				}
				this.busyNotices.remove(delivery.noticeId());
				this.inFlight--;
				notifyAll();
			}
		}
	}

	private static @Nullable AttemptTimes times(Completion completion) {
		Completion.Attempt attempt = completion.attempt();
		if (attempt == null || completion.verdict() == Verdict.GONE) {
			return null;
		}
		return new AttemptTimes(attempt.result().start(), attempt.result().end(), attempt.result().retryAfter());
	}

	private synchronized boolean mayGoOn() {
		return this.failed == null && !this.stopped && holds();
	}

	private boolean holds() {
		return this.clock.now().isBefore(this.leaseUntil.minusSeconds(1));
	}

	private void pace(int ratePerSecond) {
		Instant now = this.clock.now();
		while (now.isBefore(this.nextStart)) {
			LockSupport.parkNanos(Duration.between(now, this.nextStart).toNanos());
			now = this.clock.now();
		}
		this.nextStart = now.plusNanos(1_000_000_000L / Math.max(1, ratePerSecond));
	}

	private void settle() {
		List<CompletableFuture<?>> open;
		synchronized (this) {
			open = List.copyOf(this.unwritten);
			this.unwritten.clear();
		}
		open.forEach(CompletableFuture::join);
	}

	/**
	 * Lets go.
	 * @param known how many waited here, as far as is known
	 */
	private Release.Answer release(int known) {
		AttemptTimes times;
		boolean nothingLeft;
		synchronized (this) {
			times = this.failed;
			nothingLeft = this.settled == known;
		}
		CompletableFuture<Release.Answer> answer = new CompletableFuture<>();
		this.writer.release(new Release(this.lease, this.wake, times, nothingLeft, answer));
		return answer.join();
	}

	private void await() {
		try {
			wait(1000);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while sending", ex);
		}
	}

	/**
	 * What a run begins with.
	 *
	 * @param endpoint the endpoint, or null if it and what waits there have to be read
	 * @param all whether nothing else waits there
	 */
	record Start(Lease lease, @Nullable Endpoint endpoint, List<PendingDelivery> pending, boolean all) {
	}

}
