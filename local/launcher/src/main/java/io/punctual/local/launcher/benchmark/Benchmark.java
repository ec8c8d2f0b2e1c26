package io.punctual.local.launcher.benchmark;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.punctual.local.launcher.api.Api;
import io.punctual.local.launcher.benchmark.Plan.Figure;

/**
 * Measures how fast updates are delivered by the system that runs on this host, and sets
 * each figure against what the product must reach and against the receivers called
 * directly.
 */
public final class Benchmark {

	private static final int ENDPOINTS = 1000;

	private static final int ROUNDS = 20;

	private static final int WARM_UP_ROUNDS = 10;

	private static final Duration STEADY = Duration.ofSeconds(20);

	private static final int PUBLISHERS = 16;

	private static final Duration PAUSE = Duration.ofMillis(500);

	/** As many connections as delivery keeps to one host. */
	private static final int CONNECTIONS = 64;

	private final Api clients;

	private final Api notices;

	private final Report report;

	private final Consumer<String> say;

	/**
	 * Prepares the benchmark.
	 * @param clients the service {@code clients}
	 * @param notices the service {@code notices}
	 * @param cpu the time that each part has computed so far
	 * @param say takes a line about what is under way
	 */
	public Benchmark(Api clients, Api notices, Supplier<Map<String, Duration>> cpu, Consumer<String> say) {
		this.clients = clients;
		this.notices = notices;
		this.report = new Report(cpu);
		this.say = say;
	}

	/**
	 * Measures, and prints each figure when it is found.
	 * @param plan what is measured
	 */
	public void run(Plan plan) throws IOException, InterruptedException {
		try (Receivers receivers = new Receivers()) {
			Publications publications = new Publications(this.notices, receivers);
			this.say.accept("registering " + ENDPOINTS + " clients, each with a verified endpoint …");
			Crowd crowd = Crowd.register(this.clients, receivers, 0, ENDPOINTS);
			this.say.accept("warming up for " + plan.warmUp().toSeconds() + " s …");
			publications.single(crowd, PUBLISHERS, plan.warmUp());
			publications.fanOut(crowd, ENDPOINTS, WARM_UP_ROUNDS, PAUSE, new Samples(), new Samples());
			for (Figure figure : plan.figures()) {
				switch (figure) {
					case STEADY -> measureSteady(crowd, publications);
					case SINGLE -> measureSingle(crowd, publications);
					case FAN_OUT -> measureFanOut(crowd, publications, receivers);
					case STREAM -> measureStream(crowd, publications);
					case DEAD -> measureDead(crowd, publications, receivers);
					default -> {
					}
				}
			}
			if (plan.isWide()) {
				new WideBenchmark(this.clients, receivers, publications, crowd, this.report, this.say).run(plan);
			}
		}
	}

	private void measureSteady(Crowd crowd, Publications publications) throws InterruptedException {
		this.say.accept("20 publications a second, one endpoint each, for " + STEADY.toSeconds() + " s …");
		this.report.begin();
		Samples arrived = publications.steady(crowd, STEADY);
		this.report.add("publish -> first attempt, 20/s, p50", arrived.quantile(0.5), Duration.ofMillis(20));
		this.report.add("publish -> first attempt, 20/s, p99", arrived.quantile(0.99), Duration.ofMillis(55));
		this.report.addCpu(arrived.count());
	}

	private void measureSingle(Crowd crowd, Publications publications) throws InterruptedException {
		this.say.accept("as many publications as " + PUBLISHERS + " can, one endpoint each, for " + STEADY.toSeconds()
				+ " s …");
		this.report.begin();
		Samples arrived = publications.single(crowd, PUBLISHERS, STEADY);
		this.report.add("publications, one endpoint each, sustained", arrived.count() / (double) STEADY.toSeconds(),
				500);
		this.report.addCpu(arrived.count());
	}

	private void measureFanOut(Crowd crowd, Publications publications, Receivers receivers)
			throws InterruptedException {
		this.say.accept("one update to " + crowd.size() + " endpoints, " + ROUNDS + " times …");
		Duration bare = direct(receivers, crowd.size());
		Samples publish = new Samples();
		Samples delivered = new Samples();
		this.report.begin();
		int repeated = publications.fanOut(crowd, crowd.size(), ROUNDS, PAUSE, publish, delivered);
		long deliveries = (long) ROUNDS * crowd.size();
		Duration spent = this.report.cpuOfEach(deliveries);
		this.report.add("publish, " + crowd.size() + " owed, p50", publish.quantile(0.5), Duration.ofMillis(30));
		this.report.add("publish, " + crowd.size() + " owed, p99", publish.quantile(0.99), Duration.ofMillis(100));
		this.report.add("one update to " + crowd.size() + " endpoints, p50", delivered.quantile(0.5),
				Duration.ofMillis(400));
		this.report.add("CPU per delivery, all services and the database", spent, Duration.ofMillis(2));
		this.report.addCpu(deliveries);
		this.report.remark("%.1f x the receivers called directly (%s); %d repeated",
				Report.ratio(delivered.quantile(0.5), bare), Samples.text(bare), repeated);
	}

	private void measureStream(Crowd crowd, Publications publications) throws InterruptedException {
		this.say.accept("updates to " + crowd.size() + " endpoints, one after the other without a pause …");
		this.report.begin();
		long start = System.nanoTime();
		publications.fanOut(crowd, crowd.size(), ROUNDS, Duration.ZERO, new Samples(), new Samples());
		double seconds = (System.nanoTime() - start) / 1e9;
		this.report.add("deliveries of large publications, sustained", ROUNDS * crowd.size() / seconds, 3000);
		this.report.addCpu((long) ROUNDS * crowd.size());
	}

	private void measureDead(Crowd crowd, Publications publications, Receivers receivers) throws InterruptedException {
		this.say.accept("updates to " + crowd.size() + " endpoints, of which one in 100 is dead …");
		int well = crowd.size() - crowd.size() / 100;
		Samples before = new Samples();
		publications.fanOut(crowd, well, ROUNDS, PAUSE, new Samples(), before);
		receivers.silence((number) -> number % 100 == 99);
		Samples beside = new Samples();
		publications.fanOut(crowd, well, ROUNDS, PAUSE, new Samples(), beside);
		receivers.silence((number) -> false);
		this.report.addShare("what one dead endpoint in 100 costs the others",
				Report.ratio(beside.quantile(0.5), before.quantile(0.5)) - 1, 0.05);
		this.report.remark("p50 until all others have it: %s with them, %s before", Samples.text(beside.quantile(0.5)),
				Samples.text(before.quantile(0.5)));
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

}
