package io.punctual.sla.clock;

import java.util.EnumSet;
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

	/**
	 * Whoever announces maintenance late knows it: there is nothing to be woken for, and
	 * no error budget to burn.
	 */
	private static final EnumSet<Objective> UNMETERED = EnumSet.of(Objective.NOTICE_PERIOD);

	private final MeterRegistry registry;

	PromiseMeters(MeterRegistry registry) {
		this.registry = registry;
		// There from the start: an alarm needs to see the zeros, too.
		for (Objective objective : EnumSet.complementOf(UNMETERED)) {
			counter("punctual.promises.kept", objective);
			counter("punctual.promises.broken", objective);
		}
		missedByRecipient();
	}

	void kept(List<Clock> clocks) {
		List<Counter> counters = clocks.stream()
			.filter(PromiseMeters::isMetered)
			.map((clock) -> counter("punctual.promises.kept", clock.objective()))
			.toList();
		afterCommit(counters);
	}

	void broken(Clock clock, Attribution attribution) {
		if (isMetered(clock)) {
			boolean counts = attribution == Attribution.PROVIDER || clock.terms().countsRecipientMiss();
			afterCommit(List.of(counts ? counter("punctual.promises.broken", clock.objective()) : missedByRecipient()));
		}
	}

	private static boolean isMetered(Clock clock) {
		return !clock.drill() && !UNMETERED.contains(clock.objective());
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
