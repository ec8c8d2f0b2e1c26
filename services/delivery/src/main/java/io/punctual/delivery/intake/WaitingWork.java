package io.punctual.delivery.intake;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import io.punctual.delivery.DeliveryClock;
import io.punctual.delivery.intake.WaitingPages.Waiting;
import io.punctual.shared.contract.UpdateOwed;
import io.punctual.shared.events.Event;
import io.punctual.shared.events.ParkedEvents;
import io.punctual.shared.events.Surroundings;
import io.punctual.shared.observability.Correlation;
import io.punctual.shared.release.WorkGate;
import io.punctual.shared.transaction.Transactions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Applies the pages that wait, the most urgent notice first, a part in a transaction: who
 * comes with something more urgent waits for no more than that.
 */
@Component
class WaitingWork {

	/** So many obligations are a part. */
	private static final int PART = 200;

	/** One part in so many is of what is late already, if something is. */
	private static final int LATE_FRACTION = 5;

	/** How often a page may fail before its notice is parked. */
	private static final int ATTEMPTS = 3;

	private static final Logger logger = LoggerFactory.getLogger(WaitingWork.class);

	private final WaitingPages waiting;

	private final OwedPages pages;

	private final ObjectProvider<ParkedEvents> parked;

	private final Transactions transactions;

	private final DeliveryClock clock;

	private final WorkGate gate;

	private final JsonMapper json;

	private final AtomicInteger asked = new AtomicInteger();

	private int parts;

	private @Nullable Waiting present;

	WaitingWork(WaitingPages waiting, OwedPages pages, ObjectProvider<ParkedEvents> parked, Transactions transactions,
			DeliveryClock clock, WorkGate gate, JsonMapper json) {
		this.waiting = waiting;
		this.pages = pages;
		this.parked = parked;
		this.transactions = transactions;
		this.clock = clock;
		this.gate = gate;
		this.json = json;
	}

	/** Begins once the present transaction has committed. */
	void afterCommit() {
		TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

			@Override
			public void afterCommit() {
				Thread.ofVirtual().name("apply-waiting").start(WaitingWork.this::work);
			}

		});
	}

	/** By the clock: what another instance, or this one before it stopped, has left. */
	@Scheduled(cron = "* * * * * *")
	void work() {
		if (this.asked.getAndIncrement() > 0) {
			return;
		}
		try {
			int seen;
			do {
				seen = this.asked.get();
				applyAll();
			}
			while (!this.asked.compareAndSet(seen, 0));
		}
		catch (RuntimeException | Error ex) {
			this.asked.set(0);
			throw ex;
		}
	}

	private void applyAll() {
		Map<Long, Integer> failures = new HashMap<>();
		while (this.gate.isOpen()) {
			try {
				this.present = null;
				if (!this.transactions.write(this::applyPart)) {
					return;
				}
			}
			catch (RuntimeException ex) {
				Waiting failed = this.present;
				if (failed == null || Surroundings.explain(ex)) {
					logger.warn("Nothing that waits can be applied now: {}", ex.toString());
					return;
				}
				if (failures.merge(failed.pageId(), 1, Integer::sum) == ATTEMPTS) {
					logger.error("What waits of {} is parked", failed.noticeId(), ex);
					park(failed.noticeId(), ex);
				}
			}
		}
	}

	private boolean applyPart() {
		Optional<Waiting> next = this.waiting.next(this.clock.now(), this.parts % LATE_FRACTION == 0);
		next.ifPresent((page) -> {
			this.present = page;
			this.parts++;
			try (Correlation.Scope scope = Correlation.open(page.event().correlationId())) {
				apply(page);
			}
		});
		return next.isPresent();
	}

	private void apply(Waiting waiting) {
		UpdateOwed page = waiting.page();
		int end = Math.min(page.owed().size(), waiting.applied() + PART);
		// Some may be known, by a snapshot.
		this.pages.applyUnknown(List.of(page.of(page.owed().subList(waiting.applied(), end))));
		if (end < page.owed().size()) {
			this.waiting.applied(waiting, end);
		}
		else {
			this.waiting.remove(waiting);
		}
	}

	private void park(String noticeId, RuntimeException reason) {
		this.transactions.write(() -> {
			List<Waiting> all = this.waiting.of(noticeId);
			this.parked.getObject().park(all.stream().map(this::unapplied).toList(), reason.toString());
			all.forEach(this.waiting::remove);
		});
	}

	private Event unapplied(Waiting waiting) {
		Event event = waiting.event();
		UpdateOwed page = waiting.page();
		UpdateOwed rest = page.of(page.owed().subList(waiting.applied(), page.owed().size()));
		return new Event(event.position(), event.id(), event.source(), event.type(), event.subject(), event.time(),
				event.correlationId(), this.json.valueToTree(rest));
	}

}
