package io.punctual.local.launcher.benchmark;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import io.punctual.local.launcher.api.Api;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Publishes as an engineer's programs would, and waits for what arrives.
 */
final class Publications {

	private static final Duration INTERVAL = Duration.ofMillis(50);

	private final Api notices;

	private final Receivers receivers;

	Publications(Api notices, Receivers receivers) {
		this.notices = notices;
		this.receivers = receivers;
	}

	/**
	 * Twenty publications a second, to one endpoint each.
	 * @return how long each took from the request to its arrival
	 */
	Samples steady(Crowd crowd, Duration length) throws InterruptedException {
		List<String> open = crowd.singles().stream().map(this::open).toList();
		Samples arrived = new Samples();
		long end = System.nanoTime() + length.toNanos();
		int number = 0;
		try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
			for (long next = System.nanoTime(); next < end; next += INTERVAL.toNanos()) {
				Thread.sleep(Duration.ofNanos(Math.max(0, next - System.nanoTime())));
				String notice = open.get(number++ % open.size());
				pool.submit(() -> publishAndAwait(notice, arrived));
			}
		}
		return arrived;
	}

	/**
	 * As many publications to one endpoint each as there can be.
	 * @param publishers how many publish at once, each the next one when its last has
	 * arrived
	 */
	Samples single(Crowd crowd, int publishers, Duration length) throws InterruptedException {
		List<String> open = crowd.singles().stream().map(this::open).toList();
		Samples arrived = new Samples();
		long end = System.nanoTime() + length.toNanos();
		try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
			for (int i = 0; i < publishers; i++) {
				String notice = open.get(i % open.size());
				pool.submit(() -> {
					while (System.nanoTime() < end) {
						publishAndAwait(notice, arrived);
					}
					return null;
				});
			}
		}
		return arrived;
	}

	private @Nullable Void publishAndAwait(String notice, Samples arrived) throws InterruptedException {
		long start = System.nanoTime();
		String update = say(notice, 0);
		arrived.add(this.receivers.of(update).await(1) - start);
		this.receivers.forget(update);
		return null;
	}

	/**
	 * Updates to everyone, one after the other.
	 * @param arriving at how many an update is expected
	 * @param pause between two: what is written of the former one is over then
	 * @return how many requests were repeated
	 */
	int fanOut(Crowd crowd, int arriving, int rounds, Duration pause, Samples publish, Samples delivered)
			throws InterruptedException {
		String notice = open(crowd.everyone());
		int repeated = 0;
		for (int i = 0; i < rounds; i++) {
			long start = System.nanoTime();
			String update = say(notice, i);
			publish.add(System.nanoTime() - start);
			Receivers.Arrivals arrivals = this.receivers.of(update);
			delivered.add(arrivals.await(arriving) - start);
			Thread.sleep(pause);
			repeated += arrivals.repeated();
		}
		return repeated;
	}

	String open(String component) {
		return open(component, "MAJOR");
	}

	String open(String component, String severity) {
		Map<String, Object> draft = Map.of("kind", "INCIDENT", "severity", severity, "title", "A measurement",
				"components", List.of(component), "detectedAt", Instant.now().toString(), "drill", true);
		return Api.id(this.notices.post("/v1/notices", draft), "noticeId");
	}

	String say(String notice, int number) {
		JsonNode update = this.notices.post("/v1/notices/" + notice + "/updates",
				Map.of("state", "INVESTIGATING", "text", "Said for the measurement, the " + number + ". time."));
		return Api.id(update, "updateId");
	}

}
