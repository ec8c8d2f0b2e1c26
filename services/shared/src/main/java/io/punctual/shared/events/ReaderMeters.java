package io.punctual.shared.events;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.punctual.shared.release.UngatedWork;
import io.punctual.shared.time.DatabaseClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.scheduling.annotation.Scheduled;

/**
 * Measures how far the sources' logs are read, by the cursor that all instances share:
 * what an instance itself has read grows old while another one reads, and while its
 * release is the former one, and neither is a lag.
 */
class ReaderMeters implements MeterBinder {

	private static final Logger logger = LoggerFactory.getLogger(ReaderMeters.class);

	private final Collection<SourceReader> readers;

	private final InboxTables tables;

	private final DatabaseClock clock;

	private final Map<String, Reading> readings = new ConcurrentHashMap<>();

	ReaderMeters(Collection<SourceReader> readers, InboxTables tables, DatabaseClock clock) {
		this.readers = readers;
		this.tables = tables;
		this.clock = clock;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		for (SourceReader reader : this.readers) {
			Gauge.builder("punctual.events.reader.lag", reader, (present) -> present.state().lag())
				.description("Events of a source that are known to exist and not applied yet")
				.tag("source", reader.source())
				.register(registry);
			Gauge.builder("punctual.events.reader.age", this, (meters) -> meters.reading(reader).ageSeconds())
				.description("For how long a source's log has not been read completely")
				.baseUnit("seconds")
				.tag("source", reader.source())
				.register(registry);
			Gauge.builder("punctual.events.reader.halted", reader, (present) -> present.state().halted() ? 1 : 0)
				.description("1 if the reader waits for a person to mend something")
				.tag("source", reader.source())
				.register(registry);
			Gauge.builder("punctual.events.parked", this, (meters) -> meters.reading(reader).parked())
				.description("Events that could not be applied, and later ones of their subjects")
				.tag("source", reader.source())
				.register(registry);
		}
	}

	private Reading reading(SourceReader reader) {
		return this.readings.getOrDefault(reader.source(), Reading.UNKNOWN);
	}

	@UngatedWork("it only counts")
	@Scheduled(fixedDelay = 15_000)
	void measure() {
		try {
			for (SourceReader reader : this.readers) {
				InboxCursor cursor = this.tables.cursor(reader.source());
				this.readings.put(reader.source(), Reading.of(cursor, this.clock.now()));
			}
		}
		catch (RuntimeException ex) {
			// No number is better than an old one.
			this.readings.clear();
			logger.debug("The readings cannot be measured", ex);
		}
	}

	private record Reading(double ageSeconds, double parked) {

		private static final Reading UNKNOWN = new Reading(Double.NaN, Double.NaN);

		private static Reading of(InboxCursor cursor, Instant now) {
			// Before its first reading a log has no age.
			double age = cursor.asOf().equals(Instant.EPOCH) ? Double.NaN
					: Math.max(0, Duration.between(cursor.asOf(), now).toMillis() / 1000.0);
			return new Reading(age, cursor.parked());
		}

	}

}
