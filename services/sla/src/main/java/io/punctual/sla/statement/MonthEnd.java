package io.punctual.sla.statement;

import java.time.Instant;
import java.time.YearMonth;
import java.util.List;

import io.punctual.shared.release.WorkGate;
import io.punctual.shared.transaction.Transactions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Closes what can be closed by itself. Every instance looks; who comes second finds it
 * done.
 */
@Component
class MonthEnd {

	private static final Logger logger = LoggerFactory.getLogger(MonthEnd.class);

	private final StatedClients clients;

	private final Closing closing;

	private final Completeness completeness;

	private final Transactions transactions;

	private final WorkGate gate;

	MonthEnd(StatedClients clients, Closing closing, Completeness completeness, Transactions transactions,
			WorkGate gate) {
		this.clients = clients;
		this.closing = closing;
		this.completeness = completeness;
		this.transactions = transactions;
		this.gate = gate;
	}

	// By the clock and not after a delay: that would hold up all others who wait for
	// theirs.
	@Scheduled(cron = "${punctual.statements.look:30 */10 * * * *}", zone = "UTC")
	void closeAll() {
		if (!this.gate.isOpen()) {
			return;
		}
		Instant until = Completeness.until(this.completeness.logs());
		if (until.equals(Instant.EPOCH)) {
			return;
		}
		YearMonth last = Periods.lastSettled(until);
		for (String clientId : this.clients.behind(last)) {
			if (!this.gate.isOpen()) {
				return;
			}
			close(clientId, last);
		}
	}

	/** One client's trouble is not the others'. */
	private void close(String clientId, YearMonth last) {
		try {
			List<String> waitsFor = this.transactions.write(() -> this.closing.close(clientId, last));
			if (!waitsFor.isEmpty()) {
				logger.info("A statement of {} is not closed yet: {}", clientId, waitsFor);
			}
		}
		catch (RuntimeException ex) {
			logger.error("A statement of {} could not be closed, trying again later", clientId, ex);
		}
	}

}
