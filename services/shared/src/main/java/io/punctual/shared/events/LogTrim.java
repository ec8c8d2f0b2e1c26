package io.punctual.shared.events;

import java.time.Duration;

import io.punctual.shared.release.WorkGate;
import io.punctual.shared.time.DatabaseClock;
import io.punctual.shared.transaction.Transactions;

import org.springframework.scheduling.annotation.Scheduled;

/**
 * Deletes events from the log's tail once they are older than every reader may be behind.
 */
class LogTrim {

	private static final int AT_ONCE = 1000;

	private final LogTables tables;

	private final Transactions transactions;

	private final DatabaseClock clock;

	private final Duration retention;

	private final WorkGate gate;

	LogTrim(LogTables tables, Transactions transactions, DatabaseClock clock, Duration retention, WorkGate gate) {
		this.tables = tables;
		this.transactions = transactions;
		this.clock = clock;
		this.retention = retention;
		this.gate = gate;
	}

	@Scheduled(initialDelayString = "PT10M", fixedDelayString = "PT1H")
	void trim() {
		int trimmed = AT_ONCE;
		while (trimmed == AT_ONCE && this.gate.isOpen()) {
			trimmed = this.transactions.write(() -> this.tables.trim(this.clock.now().minus(this.retention), AT_ONCE));
		}
	}

}
