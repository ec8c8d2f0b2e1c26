package io.punctual.shared.events;

import java.util.ArrayList;
import java.util.List;

import org.springframework.core.Ordered;
import org.springframework.transaction.support.TransactionSynchronization;

/**
 * The events of one transaction, appended as the last thing before its commit.
 */
class Append implements TransactionSynchronization, Ordered {

	private final JdbcEventLog log;

	private final List<PendingEvent> events = new ArrayList<>();

	private long position;

	Append(JdbcEventLog log) {
		this.log = log;
	}

	boolean isOf(JdbcEventLog log) {
		return this.log == log;
	}

	void add(PendingEvent event) {
		if (this.position > 0) {
			throw new IllegalStateException("The transaction has taken its positions: " + event.event().type()
					+ " comes too late to be appended");
		}
		this.events.add(event);
	}

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

	@Override
	public void beforeCommit(boolean readOnly) {
		if (!this.events.isEmpty()) {
			this.position = this.log.write(this.events);
		}
	}

	@Override
	public void afterCommit() {
		if (this.position > 0) {
			this.log.committed(this.position, this.events.size());
		}
	}

}
