package io.punctual.delivery.log;

import java.util.List;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.punctual.delivery.DeliveryClock;
import io.punctual.shared.id.Ids;
import io.punctual.shared.release.WorkGate;
import io.punctual.shared.transaction.Transactions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Removes the bodies of receivers' answers after 90 days: somebody's data may be in them.
 * The rest of the evidence stays.
 */
@Component
class BodyRemoval {

	/** Attempts in one transaction. */
	static final int BATCH = 1000;

	/** Batches in one go, so that the work of a release that ends does end. */
	private static final int BATCHES = 200;

	private static final Logger logger = LoggerFactory.getLogger(BodyRemoval.class);

	private final JdbcClient jdbc;

	private final Transactions transactions;

	private final BodyProperties properties;

	private final DeliveryClock clock;

	private final WorkGate gate;

	private final Counter removed;

	BodyRemoval(JdbcClient jdbc, Transactions transactions, BodyProperties properties, DeliveryClock clock,
			WorkGate gate, MeterRegistry registry) {
		this.jdbc = jdbc;
		this.transactions = transactions;
		this.properties = properties;
		this.clock = clock;
		this.gate = gate;
		this.removed = Counter.builder("punctual.response_bodies.removed")
			.description("Bodies of answers that were removed after their time")
			.register(registry);
	}

	/**
	 * By the clock, on a thread of its own: other scheduled work does not wait for it.
	 */
	@Scheduled(cron = "${punctual.delivery.bodies.removal:0 * * * * *}")
	void work() {
		try {
			int batches = 0;
			while (this.gate.isOpen() && batches++ < BATCHES && this.transactions.write(this::removeSome)) {
				logger.debug("More bodies are to be removed");
			}
		}
		catch (RuntimeException ex) {
			logger.warn("Bodies of answers cannot be removed now: {}", ex.toString());
		}
	}

	/** Whether there may be more. */
	private boolean removeSome() {
		// Whoever holds the row does it; the others need not wait.
		String reached = this.jdbc.sql("SELECT reached FROM body_removal WHERE only_row = 1 FOR UPDATE SKIP LOCKED")
			.query(String.class)
			.optional()
			.orElse(null);
		if (reached == null) {
			return false;
		}
		List<String> old = this.jdbc.sql("""
				SELECT attempt_id FROM attempt WHERE attempt_id > ? AND attempt_id < ? ORDER BY attempt_id LIMIT ?""")
			.params(reached, Ids.least("att", this.clock.now().minus(this.properties.kept())), BATCH)
			.query((row, number) -> row.getString(1))
			.list();
		if (old.isEmpty()) {
			return false;
		}
		int bodies = this.jdbc.sql("""
				UPDATE attempt SET response_body = NULL
				WHERE attempt_id BETWEEN ? AND ? AND response_body IS NOT NULL""")
			.params(old.getFirst(), old.getLast())
			.update();
		this.jdbc.sql("UPDATE body_removal SET reached = ? WHERE only_row = 1").param(old.getLast()).update();
		this.removed.increment(bodies);
		return old.size() == BATCH;
	}

}
