package io.punctual.shared.events;

import java.time.Duration;
import java.time.Instant;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Measures how far the readers are.
 */
class ReaderMeters implements MeterBinder {

	private final RunningReaders readers;

	ReaderMeters(RunningReaders readers) {
		this.readers = readers;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		for (SourceReader reader : this.readers.all()) {
			Gauge.builder("punctual.events.reader.lag", reader, (present) -> present.state().lag())
				.description("Events of a source that are known to exist and not applied yet")
				.tag("source", reader.source())
				.register(registry);
			Gauge.builder("punctual.events.reader.age", reader, ReaderMeters::ageInSeconds)
				.description("For how long a source's log has not been read completely")
				.baseUnit("seconds")
				.tag("source", reader.source())
				.register(registry);
			Gauge.builder("punctual.events.reader.halted", reader, (present) -> present.state().halted() ? 1 : 0)
				.description("1 if the reader waits for a person to mend something")
				.tag("source", reader.source())
				.register(registry);
			Gauge.builder("punctual.events.parked", reader, (present) -> present.state().parked())
				.description("Events that could not be applied, and later ones of their subjects")
				.tag("source", reader.source())
				.register(registry);
		}
	}

	private static double ageInSeconds(SourceReader reader) {
		Instant asOf = reader.state().asOf();
		// Before its first reading a reader has no age; later by this machine's clock,
		// which is good enough for an alarm.
		return asOf.equals(Instant.EPOCH) ? Double.NaN : Duration.between(asOf, Instant.now()).toMillis() / 1000.0;
	}

}
