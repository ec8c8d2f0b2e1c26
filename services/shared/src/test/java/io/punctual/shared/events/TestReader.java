package io.punctual.shared.events;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Set;

import io.punctual.shared.release.WorkGate;

/**
 * An instance that reads the log of one database into the table {@code effect} of
 * another: everything but HTTP is real, the network is replaced by the JSON that would
 * travel.
 */
final class TestReader {

	private final LogDatabase from;

	private final LogDatabase here;

	private final Inbox inbox;

	private final SourceReader reader;

	private volatile boolean down;

	private volatile boolean healed;

	private volatile long hidden;

	private volatile Runnable afterEffects = () -> {
	};

	private TestReader(LogDatabase from, LogDatabase here) {
		this.from = from;
		this.here = here;
		Subscribers subscribers = new Subscribers(List.of(new Effects()));
		this.inbox = new Inbox("source", here.inbox, here.transactions, subscribers, here.clock::now);
		this.reader = new SourceReader("source", new Network(), here.inbox, this.inbox, 20, WorkGate.OPEN);
	}

	static TestReader of(LogDatabase from, LogDatabase here) {
		return new TestReader(from, here);
	}

	EventReader reader() {
		return this.reader;
	}

	SourceReader source() {
		return this.reader;
	}

	ReaderState state() {
		return this.reader.state();
	}

	Inbox inbox() {
		return this.inbox;
	}

	void pull() {
		this.reader.pull();
	}

	void sourceIsDown(boolean down) {
		this.down = down;
	}

	void healed(boolean healed) {
		this.healed = healed;
	}

	void afterEffects(Runnable afterEffects) {
		this.afterEffects = afterEffects;
	}

	void hide(long position) {
		this.hidden = position;
	}

	List<String> effects() {
		return this.here.jdbc.query("SELECT value FROM effect ORDER BY id", (row, i) -> row.getString(1));
	}

	/**
	 * Serves pages as the source would, through JSON.
	 */
	private final class Network extends SourceClient {

		private Network() {
			super(HttpClient.newHttpClient(), () -> URI.create("http://localhost"), Duration.ZERO, () -> "");
		}

		@Override
		ReceivedPage poll(long after, Duration wait, int limit) {
			if (TestReader.this.down) {
				throw new SourceUnavailableException("is down", null);
			}
			EventPage page = TestReader.this.from.pages.read(after, limit, wait, Duration.ZERO);
			ReceivedPage received = ReceivedPage
				.of(EventJson.MAPPER.readTree(EventJson.MAPPER.writeValueAsBytes(page)));
			return new ReceivedPage(received.epoch(), received.head(), received.tail(), received.asOf(),
					received.events().stream().filter((event) -> event.position() != TestReader.this.hidden).toList());
		}

		@Override
		ReceivedSnapshot snapshot() {
			LogHead head = TestReader.this.from.log.head();
			Event event = new Event(head.pos(), "s", "source", "thing.changed", "state", head.now(), "c",
					EventJson.MAPPER.valueToTree("state of " + head.pos()));
			return new ReceivedSnapshot(head.epoch(), head.pos(), head.now().minus(EventPage.HORIZON),
					List.of(new ReceivedEvent(event, false)));
		}

	}

	/**
	 * Writes each event as a row, which a second time would be a second row.
	 */
	private final class Effects implements EventSubscriber {

		@Override
		public String source() {
			return "source";
		}

		@Override
		public Set<String> types() {
			return Set.of("thing.changed");
		}

		@Override
		public Set<String> ignores() {
			return Set.of("thing.boring");
		}

		@Override
		public void startSnapshot() {
			insert(0, "", "snapshot begins");
		}

		@Override
		public void apply(List<Event> events) {
			for (Event event : events) {
				String value = event.data().asString();
				insert(event.position(), event.subject(), value);
				if (value.equals("poison") && !TestReader.this.healed) {
					throw new IllegalStateException("cannot be applied");
				}
			}
			TestReader.this.afterEffects.run();
		}

		private void insert(long position, String subject, String value) {
			TestReader.this.here.jdbc.update("INSERT INTO effect (position, subject, value) VALUES (?, ?, ?)", position,
					subject, value);
		}

	}

}
