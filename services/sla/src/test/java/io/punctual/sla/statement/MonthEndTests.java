package io.punctual.sla.statement;

import java.time.Instant;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.List;

import io.punctual.shared.release.WorkGate;
import io.punctual.shared.transaction.Transactions;
import org.junit.jupiter.api.Test;

import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;

import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;

/**
 * When the month's end is looked at, and what one client's trouble does to the others.
 */
class MonthEndTests {

	private static final Instant OCTOBER_4 = Instant.parse("2026-10-04T12:00:00Z");

	private static final YearMonth SEPTEMBER = YearMonth.of(2026, 9);

	private final StatedClients clients = mock();

	private final Closing closing = mock();

	private final Completeness completeness = mock();

	private final WorkGate gate = mock();

	private final MonthEnd monthEnd = new MonthEnd(this.clients, this.closing, this.completeness,
			new Transactions(new NoTransactions()), this.gate);

	@Test
	void aReleaseThatStandsByClosesNothing() {
		given(this.gate.isOpen()).willReturn(false);
		this.monthEnd.closeAll();
		then(this.clients).shouldHaveNoInteractions();
		then(this.closing).shouldHaveNoInteractions();
	}

	@Test
	void theLogThatIsLeastKnownSaysWhichMonth() {
		open(OCTOBER_4.plusSeconds(60), OCTOBER_4.minusMillis(1));
		this.monthEnd.closeAll();
		then(this.clients).should().behind(SEPTEMBER.minusMonths(1));
	}

	@Test
	void nothingIsClosedBeforeALogIsKnown() {
		open(OCTOBER_4, Instant.EPOCH);
		this.monthEnd.closeAll();
		then(this.clients).shouldHaveNoInteractions();
	}

	@Test
	void oneClientsTroubleIsNotTheOthers() {
		open(OCTOBER_4);
		given(this.clients.behind(SEPTEMBER)).willReturn(List.of("cli_1", "cli_2"));
		given(this.closing.close("cli_1", SEPTEMBER)).willThrow(new IllegalStateException("no key"));
		given(this.closing.close("cli_2", SEPTEMBER)).willReturn(List.of());
		assertThatNoException().isThrownBy(this.monthEnd::closeAll);
		then(this.closing).should().close("cli_2", SEPTEMBER);
	}

	private void open(Instant... asOf) {
		given(this.gate.isOpen()).willReturn(true);
		given(this.completeness.logs())
			.willReturn(Arrays.stream(asOf).map((one) -> new Statement.Log("delivery", 1, one)).toList());
	}

	/**
	 * Transactions of nothing.
	 */
	private static final class NoTransactions extends AbstractPlatformTransactionManager {

		private static final long serialVersionUID = 1L;

		@Override
		protected Object doGetTransaction() {
			return new Object();
		}

		@Override
		protected void doBegin(Object transaction, TransactionDefinition definition) {
		}

		@Override
		protected void doCommit(DefaultTransactionStatus status) {
		}

		@Override
		protected void doRollback(DefaultTransactionStatus status) {
		}

	}

}
