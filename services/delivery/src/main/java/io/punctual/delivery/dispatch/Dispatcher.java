package io.punctual.delivery.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import io.punctual.delivery.DeliveryClock;
import io.punctual.delivery.DeliveryProperties;
import io.punctual.delivery.dispatch.Slots.Slot;
import io.punctual.delivery.endpoint.Endpoint;
import io.punctual.delivery.endpoint.Endpoints;
import io.punctual.shared.release.GatedWork;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * Claims endpoints while there are slots and runs each on a virtual thread of its own; it
 * renews the leases of those that run.
 */
@Component
class Dispatcher implements GatedWork {

	private static final Duration POLL = Duration.ofMillis(50);

	/**
	 * While slots are short: those that become free meanwhile are claimed for together.
	 */
	private static final Duration GATHERING = Duration.ofMillis(4);

	private static final Duration RENEWAL = Duration.ofSeconds(5);

	private static final Duration GRACE = Duration.ofSeconds(12);

	private static final Logger logger = LoggerFactory.getLogger(Dispatcher.class);

	private final EndpointQueue queue;

	private final CompletionWriter writer;

	private final Attempter attempter;

	private final PendingDeliveries deliveries;

	private final Endpoints endpoints;

	private final DeliveryClock clock;

	private final Slots slots;

	private final Map<String, EndpointRun> runs = new ConcurrentHashMap<>();

	private final Semaphore signal = new Semaphore(0);

	/** Slots were short when something was last looked for one: whoever ends tells it. */
	private volatile boolean crowded;

	private volatile List<Thread> threads = List.of();

	/** Those that claim and renew; others, of an earlier turn, end. */
	private volatile @Nullable Object turn;

	Dispatcher(EndpointQueue queue, CompletionWriter writer, Attempter attempter, PendingDeliveries deliveries,
			Endpoints endpoints, DeliveryClock clock, DeliveryProperties properties) {
		this.queue = queue;
		this.writer = writer;
		this.attempter = attempter;
		this.deliveries = deliveries;
		this.endpoints = endpoints;
		this.clock = clock;
		this.slots = new Slots(properties.slots());
	}

	/** Keeps a slot for an endpoint that is about to be leased to this instance. */
	@Nullable Slot reserve(String clientId, boolean late) {
		Slot slot = (this.turn != null) ? this.slots.takeFairly(clientId, late) : null;
		if (slot == null) {
			this.crowded = true;
		}
		return slot;
	}

	void giveBack(Slot slot) {
		this.slots.giveBack(slot);
	}

	/** There may be something to claim. */
	void signal() {
		if (this.signal.availablePermits() == 0) {
			this.signal.release();
		}
	}

	void start(List<EndpointRun.Start> starts) {
		starts.forEach(this::start);
	}

	private void start(EndpointRun.Start start) {
		Lease lease = start.lease();
		EndpointRun run = new EndpointRun(lease, this.queue.leaseEnd(this.clock.now()), this.attempter, this.writer,
				this.deliveries, this.endpoints, this.clock);
		this.runs.put(lease.token(), run);
		Thread.ofVirtual().name("endpoint-", 0).start(() -> {
			try {
				run.run(start);
			}
			catch (RuntimeException ex) {
				logger.warn("The lease of {} runs out: {}", lease.endpointId(), ex.toString(), ex);
			}
			finally {
				this.runs.remove(lease.token());
				this.slots.giveBack(lease.slot());
				if (this.crowded) {
					signal();
				}
			}
		});
	}

	@Override
	public void startWork() {
		Object mine = new Object();
		this.turn = mine;
		this.threads = List.of(Thread.ofPlatform().daemon().name("dispatcher").start(() -> work(mine)),
				Thread.ofPlatform().daemon().name("lease-renewal").start(() -> renewals(mine)));
	}

	/** The part of the slots for work in time that is taken, 0 to 1. */
	double saturation() {
		return this.slots.saturation();
	}

	/**
	 * The threads without which nothing goes on, and which have ended though they should
	 * run.
	 */
	List<String> deadThreads() {
		if (this.turn == null) {
			return List.of();
		}
		List<String> dead = new ArrayList<>();
		this.threads.stream().filter((thread) -> !thread.isAlive()).map(Thread::getName).forEach(dead::add);
		if (this.writer.isDead()) {
			dead.add("completions");
		}
		return dead;
	}

	private void work(Object mine) {
		while (this.turn == mine) {
			try {
				EndpointQueue.Look look = this.queue.look();
				int promoted = look.promotable() ? this.queue.promote() : 0;
				boolean more = look.ready() || promoted > 0;
				while (more && this.turn == mine) {
					more = claim();
				}
				if (this.signal.tryAcquire(POLL.toMillis(), TimeUnit.MILLISECONDS) && this.crowded) {
					Thread.sleep(GATHERING);
				}
			}
			catch (InterruptedException ex) {
				return;
			}
			catch (RuntimeException ex) {
				logger.warn("Nothing can be claimed now: {}", ex.toString());
				pause(Duration.ofMillis(500));
			}
		}
	}

	private boolean claim() {
		List<Lease> leases = this.queue.claim(this.slots);
		Map<Boolean, List<Lease>> byFailing = leases.stream().collect(Collectors.partitioningBy(Lease::failing));
		byFailing.forEach((failing, some) -> start(starts(some, failing)));
		this.crowded = this.slots.free(false) == 0 || this.slots.free(true) == 0;
		return !leases.isEmpty();
	}

	/**
	 * What is known of claimed endpoints, read together: each by itself would be three
	 * questions.
	 * @param failing whether they have failed: of what waits for them the most urgent is
	 * tried, also if its time has not come
	 */
	private List<EndpointRun.Start> starts(List<Lease> leases, boolean failing) {
		Map<String, Endpoint> known = Map.of();
		Map<String, List<PendingDelivery>> pending = Map.of();
		if (leases.size() > 1) {
			Set<String> ids = leases.stream().map(Lease::endpointId).collect(Collectors.toCollection(TreeSet::new));
			try {
				known = this.endpoints.find(ids);
				pending = Objects.requireNonNullElse(this.deliveries.loadFew(ids, failing, this.clock.now()), Map.of());
			}
			catch (RuntimeException ex) {
				logger.warn("What waits for claimed endpoints could not be read, each reads by itself: {}",
						ex.toString());
			}
		}
		List<EndpointRun.Start> starts = new ArrayList<>();
		for (Lease lease : leases) {
			List<PendingDelivery> own = pending.get(lease.endpointId());
			starts.add((own != null) ? new EndpointRun.Start(lease, known.get(lease.endpointId()), own, false)
					: new EndpointRun.Start(lease, null, List.of(), false));
		}
		return starts;
	}

	private void renewals(Object mine) {
		while (this.turn == mine || (this.turn == null && !this.runs.isEmpty())) {
			pause(RENEWAL);
			List<EndpointRun> held = new ArrayList<>(this.runs.values());
			if (held.isEmpty()) {
				continue;
			}
			try {
				Instant until = this.queue.leaseEnd(this.clock.now());
				this.queue.renew(held.stream().map(EndpointRun::lease).toList());
				held.forEach((run) -> run.renewed(until));
			}
			catch (RuntimeException ex) {
				logger.warn("Leases could not be renewed: {}", ex.toString());
			}
		}
	}

	@Override
	public void stopWork() {
		this.turn = null;
		this.threads = List.of();
		this.runs.values().forEach(EndpointRun::stop);
		Instant end = Instant.now().plus(GRACE);
		while (!this.runs.isEmpty() && Instant.now().isBefore(end)) {
			pause(Duration.ofMillis(20));
		}
	}

	private static void pause(Duration duration) {
		try {
			Thread.sleep(duration);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
