package io.punctual.sla.clock;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.punctual.shared.contract.AgreementTerms.Objective;
import io.punctual.shared.contract.ClockJudged.Attribution;
import io.punctual.shared.transaction.RetryableTransactionException;
import io.punctual.shared.transaction.Transactions;
import org.junit.jupiter.api.Test;

import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.TransactionDefinition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

class PromiseMetersTests {

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final PromiseMeters meters = new PromiseMeters(this.registry);

	private final Transactions transactions = new Transactions(new NoDatabase());

	@Test
	void aVerdictThatIsRunAgainAfterADeadlockCountsOnce() {
		AtomicInteger runs = new AtomicInteger();
		this.transactions.write(() -> {
			this.meters.broken(clock(false), Attribution.PROVIDER);
			this.meters.kept(List.of(clock(false), clock(false)));
			if (runs.incrementAndGet() < 3) {
				throw new Deadlock();
			}
		});
		assertThat(runs).hasValue(3);
		assertThat(count("punctual.promises.broken")).isEqualTo(1);
		assertThat(count("punctual.promises.kept")).isEqualTo(2);
	}

	@Test
	void aVerdictThatWasNotCommittedCountsNowhere() {
		assertThatIllegalStateException().isThrownBy(() -> this.transactions.write(() -> {
			this.meters.broken(clock(false), Attribution.PROVIDER);
			this.meters.kept(List.of(clock(false)));
			throw new IllegalStateException("the database went away");
		}));
		assertThat(count("punctual.promises.broken") + count("punctual.promises.kept")).isZero();
	}

	@Test
	void drillsAndTheRecipientsOwnMissesAreNoBrokenPromises() {
		this.transactions.write(() -> {
			this.meters.broken(clock(true), Attribution.PROVIDER);
			this.meters.kept(List.of(clock(true)));
			this.meters.broken(clock(false), Attribution.RECIPIENT);
		});
		assertThat(count("punctual.promises.broken") + count("punctual.promises.kept")).isZero();
		assertThat(this.registry.get("punctual.promises.missed_by_recipient").counter().count()).isEqualTo(1);
	}

	private double count(String name) {
		return this.registry.get(name).tag("objective", "delivery").counter().count();
	}

	private static Clock clock(boolean drill) {
		Clock clock = mock(Clock.class);
		given(clock.drill()).willReturn(drill);
		given(clock.objective()).willReturn(Objective.DELIVERY);
		given(clock.terms()).willReturn(new Clock.Terms("agr_1", 1, "cal_1", 1, false));
		return clock;
	}

	private static final class Deadlock extends RetryableTransactionException {

		Deadlock() {
			super("deadlock");
		}

	}

	/**
	 * Begins, commits and rolls back nothing.
	 */
	private static final class NoDatabase extends AbstractPlatformTransactionManager {

		@Override
		protected Object doGetTransaction() {
			return new Object();
		}

		@Override
		protected void doBegin(Object transaction, TransactionDefinition definition) {
			// Nothing to begin.
		}

		@Override
		protected void doCommit(DefaultTransactionStatus status) {
			// Nothing to commit.
		}

		@Override
		protected void doRollback(DefaultTransactionStatus status) {
			// Nothing to roll back.
		}

	}

}
