package io.punctual.sla.statement;

import java.time.Instant;
import java.util.List;

import io.punctual.shared.events.EventReader;
import io.punctual.shared.events.EventReaders;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Says how far the logs are known. What is parked is unknown, and a statement says
 * nothing that is half known.
 */
@Component
class Completeness {

	private static final List<String> SOURCES = List.of("clients", "delivery", "notices");

	private final ObjectProvider<EventReaders> readers;

	Completeness(ObjectProvider<EventReaders> readers) {
		this.readers = readers;
	}

	List<Statement.Log> logs() {
		return SOURCES.stream().map((source) -> log(this.readers.getObject().of(source))).toList();
	}

	/** The instant up to which all of them are. */
	static Instant until(List<Statement.Log> logs) {
		return logs.stream().map(Statement.Log::asOf).min(Instant::compareTo).orElse(Instant.EPOCH);
	}

	private static Statement.Log log(EventReader reader) {
		// Its instant first: whatever is read in between makes the position greater only.
		Instant asOf = reader.parkedSubjects().isEmpty() ? reader.asOf() : Instant.EPOCH;
		return new Statement.Log(reader.source(), reader.position(), asOf);
	}

}
