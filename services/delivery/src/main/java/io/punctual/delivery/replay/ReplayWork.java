package io.punctual.delivery.replay;

import io.punctual.delivery.DeliveryClock;
import io.punctual.delivery.dispatch.ReplayedDeliveries;
import io.punctual.delivery.dispatch.ReplayedDeliveries.Batch;
import io.punctual.shared.release.WorkGate;
import io.punctual.shared.transaction.Transactions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Goes on with replays, batch by batch, so that an endpoint's queue is never locked for
 * long and an interruption costs a batch at most.
 */
@Component
class ReplayWork {

	private static final Logger logger = LoggerFactory.getLogger(ReplayWork.class);

	private final Replays replays;

	private final ReplayedDeliveries deliveries;

	private final Transactions transactions;

	private final DeliveryClock clock;

	private final WorkGate gate;

	ReplayWork(Replays replays, ReplayedDeliveries deliveries, Transactions transactions, DeliveryClock clock,
			WorkGate gate) {
		this.replays = replays;
		this.deliveries = deliveries;
		this.transactions = transactions;
		this.clock = clock;
		this.gate = gate;
	}

	/**
	 * By the clock, on a thread of its own: other scheduled work does not wait for it.
	 */
	@Scheduled(cron = "* * * * * *")
	void work() {
		try {
			while (this.gate.isOpen() && this.transactions.write(this::advance)) {
				logger.debug("More is to be replayed");
			}
		}
		catch (RuntimeException ex) {
			logger.warn("Replays cannot go on now: {}", ex.toString());
		}
	}

	private boolean advance() {
		return this.replays.take().map((running) -> {
			Batch batch = this.deliveries.replay(running.range());
			this.replays.advance(running.replayId(), batch, this.clock.now());
			return true;
		}).orElse(false);
	}

}
