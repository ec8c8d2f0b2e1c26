package io.punctual.shared.events;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.punctual.shared.contract.AuditRecorded;
import org.jspecify.annotations.Nullable;

import org.springframework.core.Ordered;
import org.springframework.transaction.support.TransactionSynchronization;

/**
 * The events of one transaction, appended as the last thing before its commit.
 */
class Append implements TransactionSynchronization, Ordered {

	private static final String CLIENT = "\"clientId\":\"";

	/** What an event is about comes before so many characters. */
	private static final int FIRST = 500;

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

	Set<String> concerned() {
		Set<String> concerned = new LinkedHashSet<>();
		for (PendingEvent pending : this.events) {
			if (pending.event().type().equals(AuditRecorded.TYPE)) {
				// What was before belongs to another act of the same transaction.
				concerned.clear();
				continue;
			}
			concerned.add(pending.event().subject());
			String client = client(pending.json());
			if (client != null) {
				concerned.add(client);
			}
		}
		return concerned;
	}

	/**
	 * The client that an event names first, if any; pages of clients name theirs later.
	 */
	private static @Nullable String client(String json) {
		int named = json.indexOf(CLIENT, 0, Math.min(FIRST + CLIENT.length(), json.length()));
		if (named < 0 || json.lastIndexOf('[', named) >= 0) {
			return null;
		}
		int start = named + CLIENT.length();
		int end = json.indexOf('"', start);
		return (end > start) ? json.substring(start, end) : null;
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
