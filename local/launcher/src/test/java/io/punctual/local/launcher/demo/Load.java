package io.punctual.local.launcher.demo;

import io.punctual.local.launcher.api.Api;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

/**
 * Publishes updates of one notice, one after the other, as long as it is open; what is
 * not answered is sent again with the same key.
 */
final class Load implements AutoCloseable {

	private static final Duration PAUSE = Duration.ofMillis(200);

	private final Api provider;

	private final String noticeId;

	private final Map<String, Publication> published = new LinkedHashMap<>();

	private final Thread thread;

	private volatile boolean closed;

	private volatile @Nullable RuntimeException failure;

	Load(Api provider, String noticeId) {
		this.provider = provider;
		this.noticeId = noticeId;
		this.thread = Thread.ofVirtual().name("load").start(this::run);
	}

	private void run() {
		try {
			while (!this.closed) {
				Instant begun = Instant.now();
				String id = Api.id(this.provider.post("/v1/notices/" + this.noticeId + "/updates",
						Map.of("state", "INVESTIGATING", "text", "Still looking, " + begun)), "updateId");
				synchronized (this) {
					this.published.put(id, new Publication(begun, Instant.now()));
				}
				LockSupport.parkNanos(PAUSE.toNanos());
			}
		}
		catch (RuntimeException ex) {
			this.failure = ex;
		}
	}

	synchronized Map<String, Publication> published() {
		return Map.copyOf(this.published);
	}

	/**
	 * Waits until so many updates have been published that were begun after an instant.
	 */
	void awaitPublished(int count, Instant after, Duration patience) {
		Until.holds(patience, () -> count + " updates after " + after, () -> {
			requireWell();
			return since(after).size() >= count;
		});
	}

	List<Publication> since(Instant instant) {
		return published().values()
			.stream()
			.filter((publication) -> publication.begun().isAfter(instant))
			.sorted(Comparator.comparing(Publication::answered))
			.toList();
	}

	private void requireWell() {
		RuntimeException cause = this.failure;
		if (cause != null) {
			throw new IllegalStateException("Publishing failed", cause);
		}
	}

	@Override
	public void close() {
		this.closed = true;
		try {
			this.thread.join(TimeUnit.SECONDS.toMillis(90));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		requireWell();
	}

	/**
	 * An update that was published.
	 *
	 * @param begun when it was sent first
	 * @param answered when the answer was there
	 */
	record Publication(Instant begun, Instant answered) {
	}

}
