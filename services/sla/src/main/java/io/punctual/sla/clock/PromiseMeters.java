package io.punctual.sla.clock;

import java.util.List;
import java.util.Locale;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.punctual.shared.contract.AgreementTerms.Objective;
import io.punctual.shared.contract.ClockJudged.Attribution;

import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Counts the promises that were kept and broken, once their verdict is committed. Drills
 * are no promises.
 */
@Component
class PromiseMeters {

	private final MeterRegistry registry;

	PromiseMeters(MeterRegistry registry) {
		this.registry = registry;
		// There from the start: an alarm needs to see the zeros, too.
		for (Objective objective : Objective.values()) {
			counter("punctual.promises.kept", objective);
			counter("punctual.promises.broken", objective);
		}
		missedByRecipient();
	}

	void kept(List<Clock> clocks) {
		List<Counter> counters = clocks.stream()
			.filter((clock) -> !clock.drill())
			.map((clock) -> counter("punctual.promises.kept", clock.objective()))
			.toList();
		afterCommit(counters);
	}

	void broken(Clock clock, Attribution attribution) {
		if (!clock.drill()) {
			boolean counts = attribution == Attribution.PROVIDER || clock.terms().countsRecipientMiss();
			afterCommit(List.of(counts ? counter("punctual.promises.broken", clock.objective()) : missedByRecipient()));
		}
	}

	private Counter counter(String name, Objective objective) {
		return Counter.builder(name)
			.tag("objective", objective.name().toLowerCase(Locale.ROOT))
			.register(this.registry);
	}

	private Counter missedByRecipient() {
		return Counter.builder("punctual.promises.missed_by_recipient").register(this.registry);
	}

	private static void afterCommit(List<Counter> counters) {
		TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
			@Override
			public void afterCommit() {
				counters.forEach(Counter::increment);
			}
		});
	}

}
