package io.punctual.sla.audit;

import java.util.List;
import java.util.Set;

import io.punctual.shared.contract.AuditRecorded;
import io.punctual.shared.events.Event;
import io.punctual.shared.events.EventSubscriber;

/**
 * Keeps what another service's log says of its acts.
 */
class AuditSubscriber implements EventSubscriber {

	private final String source;

	private final AuditEntries entries;

	AuditSubscriber(String source, AuditEntries entries) {
		this.source = source;
		this.entries = entries;
	}

	@Override
	public String source() {
		return this.source;
	}

	@Override
	public Set<String> types() {
		return Set.of(AuditRecorded.TYPE);
	}

	@Override
	public void apply(List<Event> events) {
		this.entries.add(this.source, events.stream()
			.map((event) -> new AuditEntries.Said(event.data(AuditRecorded.class), event.time(), event.correlationId()))
			.toList());
	}

}
