package io.punctual.shared.events;

import java.util.List;

/**
 * Mends what the readers have parked.
 */
class ReaderParkedEvents implements ParkedEvents {

	private final RunningReaders readers;

	ReaderParkedEvents(RunningReaders readers) {
		this.readers = readers;
	}

	@Override
	public int replay(String source, String subject) {
		return this.readers.reader(source).inbox().replay(subject);
	}

	@Override
	public void park(List<Event> events, String reason) {
		this.readers.reader(events.getFirst().source()).inbox().park(events, reason);
	}

	@Override
	public int discard(String source, String subject) {
		return this.readers.reader(source).inbox().discard(subject);
	}

}
