package io.punctual.shared.events;

import java.util.List;
import java.util.Set;

import io.punctual.shared.observability.Correlation;

import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Collects a transaction's events and appends them just before it commits.
 */
class JdbcEventLog implements EventLog {

	private final LogTables tables;

	private final PlatformTransactionManager transactionManager;

	private final AppendListener listener;

	JdbcEventLog(LogTables tables, PlatformTransactionManager transactionManager, AppendListener listener) {
		this.tables = tables;
		this.transactionManager = transactionManager;
		this.listener = listener;
	}

	@Override
	public void append(NewEvent... events) {
		if (!TransactionSynchronizationManager.isActualTransactionActive()) {
			throw new IllegalStateException("Events are appended inside the transaction of the change they tell of");
		}
		Append append = present();
		String present = null;
		for (NewEvent event : events) {
			String correlationId = event.correlationId();
			if (correlationId == null) {
				present = (present != null) ? present : Correlation.currentOrNew();
				correlationId = present;
			}
			append.add(new PendingEvent(event, correlationId, EventJson.MAPPER.writeValueAsString(event.data())));
		}
	}

	@Override
	public Set<String> concerned() {
		return TransactionSynchronizationManager.isSynchronizationActive() ? present().concerned() : Set.of();
	}

	private Append present() {
		for (TransactionSynchronization synchronization : TransactionSynchronizationManager.getSynchronizations()) {
			if (synchronization instanceof Append append && append.isOf(this)) {
				return append;
			}
		}
		Append append = new Append(this);
		TransactionSynchronizationManager.registerSynchronization(append);
		return append;
	}

	/**
	 * Take the positions: after this nothing may be written or locked in the transaction.
	 */
	long write(List<PendingEvent> events) {
		flush();
		LogHead head = this.tables.take(events.size());
		long first = head.pos() - events.size() + 1;
		this.tables.insert(first, events,
				events.stream().map((pending) -> EventPage.timeAt(pending.event(), head.now())).toList(), head.now());
		return head.pos();
	}

	/**
	 * Let an ORM write what it still holds back. Taking part in the transaction reaches
	 * it whatever it is, so that the log needs no JPA.
	 */
	private void flush() {
		DefaultTransactionDefinition present = new DefaultTransactionDefinition(
				TransactionDefinition.PROPAGATION_MANDATORY);
		TransactionStatus status = this.transactionManager.getTransaction(present);
		status.flush();
	}

	void committed(long position, int count) {
		this.listener.appended(position, count);
	}

}
