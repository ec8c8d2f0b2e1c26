package io.punctual.shared.audit;

import java.util.LinkedHashSet;
import java.util.Set;

import io.micrometer.core.instrument.Counter;
import io.punctual.shared.contract.AuditRecorded;
import io.punctual.shared.contract.AuditRecorded.Outcome;
import io.punctual.shared.events.EventLog;
import io.punctual.shared.observability.Correlation;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Writes the entry of the present act: the first transaction that the request commits
 * takes it along. It is also said in the log, where other people look after it.
 */
class AuditTrail implements Runnable {

	private static final Logger logger = LoggerFactory.getLogger("audit");

	private final AuditSink sink;

	private final EventLog events;

	private final @Nullable Counter denied;

	AuditTrail(AuditSink sink, EventLog events, @Nullable Counter denied) {
		this.sink = sink;
		this.events = events;
		this.denied = denied;
	}

	/** Called in each transaction that changes something, before its end. */
	@Override
	public void run() {
		Act act = Act.present();
		if (act == null || act.isSettled()) {
			return;
		}
		Set<String> concerned = new LinkedHashSet<>(Audit.named());
		concerned.addAll(this.events.concerned());
		AuditRecorded entry = act.entry(Outcome.DONE, concerned);
		if (entry == null) {
			return;
		}
		this.sink.record(entry);
		String correlationId = Correlation.currentOrNew();
		TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
			@Override
			public void afterCommit() {
				act.settle();
				try (Correlation.Scope _ = Correlation.open(correlationId)) {
					say(entry);
				}
			}
		});
	}

	/** Called in a transaction of its own. */
	void deny(Act act) {
		act.settle();
		if (this.denied != null) {
			this.denied.increment();
		}
		AuditRecorded entry = act.entry(Outcome.DENIED, Set.of());
		if (entry != null) {
			this.sink.record(entry);
			say(entry);
		}
	}

	private static void say(AuditRecorded entry) {
		logger.atInfo()
			.addKeyValue("audit.id", entry.auditId())
			.addKeyValue("audit.actor", entry.actor().subject())
			.addKeyValue("audit.action", entry.action())
			.addKeyValue("audit.outcome", entry.outcome().name())
			.log("{} {} {}", entry.actor().subject(), entry.outcome(), entry.action());
	}

}
