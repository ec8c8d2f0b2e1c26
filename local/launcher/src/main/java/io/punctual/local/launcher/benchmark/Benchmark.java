package io.punctual.local.launcher.benchmark;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.punctual.local.launcher.api.Api;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Measures how fast updates are delivered by the system that runs on this host, and sets
 * each figure against what the product must reach and against the receivers called
 * directly.
 */
public final class Benchmark {

	private static final int ENDPOINTS = Integer.getInteger("punctual.benchmark.endpoints", 1000);

	private static final int ROUNDS = 20;

	private static final int WARM_UP_ROUNDS = 10;

	/** A service runs for days: its code is compiled before anything is measured. */
	private static final Duration WARM_UP = Duration.ofSeconds(Integer.getInteger("punctual.benchmark.warmup", 60));

	private static final Duration STEADY = Duration.ofSeconds(20);

	private static final Duration INTERVAL = Duration.ofMillis(50);

	private static final int PUBLISHERS = 16;

	/** Between two large publications: what is written of the former one is over then. */
	private static final Duration PAUSE = Duration.ofMillis(500);

	/** As many connections as delivery keeps to one host. */
	private static final int CONNECTIONS = 64;

	private final Api clients;

	private final Api notices;

	private final Supplier<Map<String, Duration>> cpu;

	private final List<String> report = new ArrayList<>();

	/**
	 * Prepares the benchmark.
	 * @param clients the service {@code clients}
	 * @param notices the service {@code notices}
	 * @param cpu the time that each part has computed so far
	 */
	public Benchmark(Api clients, Api notices, Supplier<Map<String, Duration>> cpu) {
		this.cpu = cpu;
		this.clients = clients;
		this.notices = notices;
	}

	public void run() throws IOException, InterruptedException {
		try (Receivers receivers = new Receivers()) {
			say("registering " + ENDPOINTS + " clients, each with a verified endpoint …");
			Crowd crowd = Crowd.register(this.clients, receivers, ENDPOINTS);
			say("warming up for " + WARM_UP.toSeconds() + " s …");
			sustained(crowd, receivers, WARM_UP);
			fanOut(crowd, receivers, WARM_UP_ROUNDS, PAUSE, new Samples(), new Samples());
			measureSteady(crowd, receivers);
			measureSustained(crowd, receivers);
			measureFanOut(crowd, receivers);
			measureSustainedFanOut(crowd, receivers);
			this.report.forEach(System.out::println);
		}
	}

	private void measureFanOut(Crowd crowd, Receivers receivers) throws InterruptedException {
		say("one update to " + crowd.size() + " endpoints, " + ROUNDS + " times …");
		Duration bare = direct(receivers, crowd.size());
		Samples publish = new Samples();
		Samples delivered = new Samples();
		Map<String, Duration> before = this.cpu.get();
		int repeated = fanOut(crowd, receivers, ROUNDS, PAUSE, publish, delivered);
		Duration spent = sum(spent(before, (long) ROUNDS * crowd.size()));
		add("publish, " + crowd.size() + " owed, p50", publish.quantile(0.5), Duration.ofMillis(30));
		add("publish, " + crowd.size() + " owed, p99", publish.quantile(0.99), Duration.ofMillis(100));
		add("one update to " + crowd.size() + " endpoints, p50", delivered.quantile(0.5), Duration.ofMillis(400));
		add("CPU per delivery, all services and the database", spent, Duration.ofMillis(2));
		addCpu(before, (long) ROUNDS * crowd.size());
		this.report
			.add(String.format(Locale.ROOT, "%-58s %10s   %.1f x the receivers called directly (%s); %d repeated", "",
					"", ratio(delivered.quantile(0.5), bare), Samples.text(bare), repeated));
	}

	private void measureSteady(Crowd crowd, Receivers receivers) throws InterruptedException {
		say("20 publications a second, one endpoint each, for " + STEADY.toSeconds() + " s …");
		Map<String, Duration> before = this.cpu.get();
		Samples arrived = steady(crowd, receivers, STEADY);
		add("publish -> first attempt, 20/s, p50", arrived.quantile(0.5), Duration.ofMillis(20));
		add("publish -> first attempt, 20/s, p99", arrived.quantile(0.99), Duration.ofMillis(55));
		addCpu(before, arrived.count());
	}

	private void measureSustained(Crowd crowd, Receivers receivers) throws InterruptedException {
		say("as many publications as " + PUBLISHERS + " can, one endpoint each, for " + STEADY.toSeconds() + " s …");
		Map<String, Duration> before = this.cpu.get();
		Samples arrived = sustained(crowd, receivers, STEADY);
		add("publications, one endpoint each, sustained", arrived.count() / (double) STEADY.toSeconds(), 500);
		addCpu(before, arrived.count());
	}

	private void measureSustainedFanOut(Crowd crowd, Receivers receivers) throws InterruptedException {
		say("updates to " + crowd.size() + " endpoints, one after the other without a pause …");
		Map<String, Duration> before = this.cpu.get();
		long start = System.nanoTime();
		fanOut(crowd, receivers, ROUNDS, Duration.ZERO, new Samples(), new Samples());
		double seconds = (System.nanoTime() - start) / 1e9;
		add("deliveries of large publications, sustained", ROUNDS * crowd.size() / seconds, 3000);
		addCpu(before, (long) ROUNDS * crowd.size());
	}

	private int fanOut(Crowd crowd, Receivers receivers, int rounds, Duration pause, Samples publish, Samples delivered)
			throws InterruptedException {
		String notice = open(crowd.everyone());
		int repeated = 0;
		for (int i = 0; i < rounds; i++) {
			long start = System.nanoTime();
			String update = say(notice, i);
			publish.add(System.nanoTime() - start);
			Receivers.Arrivals arrivals = receivers.of(update);
			delivered.add(arrivals.await(crowd.size()) - start);
			Thread.sleep(pause);
			repeated += arrivals.repeated();
		}
		return repeated;
	}

	private Samples steady(Crowd crowd, Receivers receivers, Duration length) throws InterruptedException {
		List<String> open = crowd.singles().stream().map(this::open).toList();
		Samples arrived = new Samples();
		long end = System.nanoTime() + length.toNanos();
		int number = 0;
		try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
			for (long next = System.nanoTime(); next < end; next += INTERVAL.toNanos()) {
				Thread.sleep(Duration.ofNanos(Math.max(0, next - System.nanoTime())));
				String notice = open.get(number++ % open.size());
				pool.submit(() -> publishAndAwait(notice, receivers, arrived));
			}
		}
		return arrived;
	}

	private Samples sustained(Crowd crowd, Receivers receivers, Duration length) throws InterruptedException {
		List<String> open = crowd.singles().stream().map(this::open).toList();
		Samples arrived = new Samples();
		long end = System.nanoTime() + length.toNanos();
		try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
			for (int i = 0; i < PUBLISHERS; i++) {
				String notice = open.get(i);
				pool.submit(() -> {
					while (System.nanoTime() < end) {
						publishAndAwait(notice, receivers, arrived);
					}
					return null;
				});
			}
		}
		return arrived;
	}

	private @Nullable Void publishAndAwait(String notice, Receivers receivers, Samples arrived)
			throws InterruptedException {
		long start = System.nanoTime();
		String update = say(notice, 0);
		arrived.add(receivers.of(update).await(1) - start);
		return null;
	}

	private String open(String component) {
		Map<String, Object> draft = Map.of("kind", "INCIDENT", "severity", "MAJOR", "title", "A measurement",
				"components", List.of(component), "detectedAt", Instant.now().toString(), "drill", true);
		return Api.id(this.notices.post("/v1/notices", draft), "noticeId");
	}

	private String say(String notice, int number) {
		JsonNode update = this.notices.post("/v1/notices/" + notice + "/updates",
				Map.of("state", "INVESTIGATING", "text", "Said for the measurement, the " + number + ". time."));
		return Api.id(update, "updateId");
	}

	/** The same number of requests to the same receivers, without Punctual. */
	private static Duration direct(Receivers receivers, int count) throws InterruptedException {
		try (HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
				ExecutorService pool = Executors.newFixedThreadPool(CONNECTIONS)) {
			Duration best = Duration.ofDays(1);
			for (int round = 0; round < 5; round++) {
				String id = "upd_direct" + round;
				long start = System.nanoTime();
				for (int i = 0; i < count; i++) {
					HttpRequest request = HttpRequest.newBuilder(receivers.url(i))
						.header("webhook-id", id)
						.POST(HttpRequest.BodyPublishers.ofString("x".repeat(600)))
						.build();
					pool.submit(() -> http.send(request, HttpResponse.BodyHandlers.discarding()));
				}
				Duration took = Duration.ofNanos(receivers.of(id).await(count) - start);
				best = (took.compareTo(best) < 0) ? took : best;
			}
			return best;
		}
	}

	private static Duration sum(Map<String, Duration> parts) {
		return parts.values().stream().reduce(Duration.ZERO, Duration::plus);
	}

	private Map<String, Duration> spent(Map<String, Duration> before, long count) {
		Map<String, Duration> spent = new TreeMap<>(this.cpu.get());
		spent.replaceAll((part, total) -> total.minus(before.getOrDefault(part, Duration.ZERO)).dividedBy(count));
		return spent;
	}

	private void addCpu(Map<String, Duration> before, long count) {
		Map<String, Duration> spent = spent(before, count);
		this.report.add("  CPU of each " + Samples.text(sum(spent)) + ": "
				+ spent.entrySet()
					.stream()
					.map((part) -> part.getKey() + " " + Samples.text(part.getValue()))
					.collect(Collectors.joining(", ")));
	}

	private void add(String what, double perSecond, double must) {
		this.report.add(String.format(Locale.ROOT, "%-58s %8.0f/s   %.2f x what it must be (%.0f/s)", what, perSecond,
				perSecond / must, must));
	}

	private void add(String what, Duration measured, Duration must) {
		this.report.add(String.format(Locale.ROOT, "%-58s %10s   %.2f x what it must be (%s)", what,
				Samples.text(measured), ratio(measured, must), Samples.text(must)));
	}

	private static double ratio(Duration one, Duration other) {
		return (double) one.toNanos() / other.toNanos();
	}

	private static void say(String line) {
		System.out.println(line);
	}

}
