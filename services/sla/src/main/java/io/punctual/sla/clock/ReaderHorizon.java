package io.punctual.sla.clock;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import io.punctual.shared.events.EventReader;
import io.punctual.shared.events.EventReaders;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * The horizon by the event readers. Every clock needs {@code clients} as well: a client
 * that was removed before the due instant is owed nothing at it.
 */
@Component
class ReaderHorizon implements Horizon {

	private static final String CLIENTS = "clients";

	private final ObjectProvider<EventReaders> readers;

	ReaderHorizon(ObjectProvider<EventReaders> readers) {
		// Late, since the readers need the subscribers, and those the timer.
		this.readers = readers;
	}

	@Override
	public void pull() {
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			for (EventReader reader : this.readers.getObject().all()) {
				threads.execute(reader::pull);
			}
		}
	}

	@Override
	public Reach of(String lane) {
		Instant until = Instant.MAX;
		StringBuilder evidence = new StringBuilder();
		for (String source : List.of(lane, CLIENTS)) {
			EventReader reader = this.readers.getObject().of(source);
			// What is parked is unknown, and an unknown fact makes no breach.
			Instant asOf = reader.parkedSubjects().isEmpty() ? reader.asOf() : Instant.EPOCH;
			until = asOf.isBefore(until) ? asOf : until;
			evidence.append(evidence.isEmpty() ? "" : ", ")
				.append(source)
				.append(" read to position ")
				.append(reader.position())
				.append(", complete as of ")
				.append(asOf);
		}
		return new Reach(until, evidence.toString());
	}

}
