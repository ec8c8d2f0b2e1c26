package io.punctual.delivery.intake;

import java.util.Collection;
import java.util.List;

import io.punctual.shared.release.WorkGate;
import io.punctual.shared.transaction.Transactions;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Has what waited for a release to go applied when it has gone, also if nothing more is
 * read.
 */
@Component
class AwaitedMessages {

	private final AwaitedEvents events;

	private final List<Awaiting> subscribers;

	private final Transactions transactions;

	private final WorkGate gate;

	AwaitedMessages(AwaitedEvents events, List<Awaiting> subscribers, Transactions transactions, WorkGate gate) {
		this.events = events;
		this.subscribers = subscribers;
		this.transactions = transactions;
		this.gate = gate;
	}

	@Scheduled(fixedDelay = 5000)
	void catchUp() {
		if (!this.gate.isOpen()) {
			return;
		}
		for (Awaiting one : this.subscribers) {
			if (this.events.isDue(one.awaited())) {
				this.transactions.write(one::catchUp);
			}
		}
	}

	/**
	 * Applies events that may have to wait.
	 */
	interface Awaiting {

		/** Their types. */
		Collection<String> awaited();

		/** Applies what waited, inside the caller's transaction. */
		void catchUp();

	}

}
