package io.punctual.shared.events;

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
	public int discard(String source, String subject) {
		return this.readers.reader(source).inbox().discard(subject);
	}

}
