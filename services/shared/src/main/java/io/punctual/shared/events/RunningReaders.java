package io.punctual.shared.events;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.punctual.shared.id.Ids;
import io.punctual.shared.release.GatedWork;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.DisposableBean;

/**
 * Lets the readers run while the gate is open.
 */
class RunningReaders implements EventReaders, GatedWork, DisposableBean {

	private static final Duration RENEWAL = Duration.ofSeconds(2);

	private static final Logger logger = LoggerFactory.getLogger(RunningReaders.class);

	private final Map<String, SourceReader> readers = new LinkedHashMap<>();

	private final List<ReaderLoop> loops;

	private final boolean automatic;

	private final HttpClient http;

	private volatile boolean running;

	private @Nullable Thread renewal;

	RunningReaders(List<SourceReader> readers, InboxTables tables, EventProperties properties, HttpClient http) {
		this.http = http;
		readers.forEach((reader) -> this.readers.put(reader.source(), reader));
		String owner = Ids.next("rdr").substring(4);
		this.loops = readers.stream()
			.map((reader) -> new ReaderLoop(reader, tables, properties.pollWait(), owner))
			.toList();
		this.automatic = properties.reading();
	}

	@Override
	public EventReader of(String source) {
		return reader(source);
	}

	SourceReader reader(String source) {
		SourceReader reader = this.readers.get(source);
		if (reader == null) {
			throw new IllegalArgumentException("Nothing here subscribes to the events of " + source);
		}
		return reader;
	}

	@Override
	public Collection<SourceReader> all() {
		return this.readers.values();
	}

	@Override
	public void startWork() {
		if (!this.automatic) {
			return;
		}
		this.running = true;
		this.loops.forEach(ReaderLoop::start);
		this.renewal = Thread.ofVirtual().name("read-leases").start(this::renew);
	}

	private void renew() {
		try {
			while (this.running) {
				Thread.sleep(RENEWAL);
				this.loops.forEach(ReaderLoop::renew);
			}
		}
		catch (InterruptedException ex) {
			logger.debug("No leases are renewed any longer");
		}
	}

	@Override
	public void stopWork() {
		this.running = false;
		if (this.renewal != null) {
			this.renewal.interrupt();
		}
		this.loops.forEach(ReaderLoop::stop);
		this.loops.forEach(ReaderLoop::awaitEnd);
	}

	@Override
	public void destroy() {
		this.http.shutdownNow();
	}

}
