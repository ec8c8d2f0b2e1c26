package io.punctual.shared.events;

import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Says of each reader how far it is and what hinders it; down only if a person must mend
 * something. Not a part of readiness: a service serves without its sources.
 */
class ReadersHealthIndicator extends AbstractHealthIndicator {

	private final RunningReaders readers;

	ReadersHealthIndicator(RunningReaders readers) {
		this.readers = readers;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		builder.up();
		for (SourceReader reader : this.readers.all()) {
			ReaderState state = reader.state();
			Map<String, Object> details = new LinkedHashMap<>();
			details.put("position", state.position());
			details.put("head", state.head());
			details.put("asOf", state.asOf().toString());
			details.put("parked", state.parked());
			if (state.problem() != null) {
				details.put(state.halted() ? "halted" : "problem", state.problem());
			}
			if (state.halted()) {
				builder.down();
			}
			builder.withDetail(reader.source(), details);
		}
	}

}
