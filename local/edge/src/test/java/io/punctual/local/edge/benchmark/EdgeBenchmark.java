package io.punctual.local.edge.benchmark;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Measures, in one go and in turns, a service called directly, behind nginx, behind
 * Spring Cloud Gateway, and behind the edge with Punctual's document; and how exactly the
 * edge throttles.
 */
class EdgeBenchmark {

	private static final int RATE = Integer.getInteger("rate", 500);

	private static final int ROUNDS = Integer.getInteger("rounds", 5);

	private static final int SECONDS = Integer.getInteger("seconds", 6);

	private static final int WARM_UP = Integer.getInteger("warmup", 30_000);

	private static final String EDGE = "io.punctual.local.edge.EdgeApplication";

	@TempDir
	@SuppressWarnings("NullAway.Init")
	Path folder;

	/**
	 * One way to the service.
	 */
	private record Side(String name, Child process, Load load) {
	}

	/**
	 * What one turn of a side came to.
	 */
	private record Turn(long p50, long p99, double cpuMicros) {
	}

	@Test
	void addsLittleToAService() throws Exception {
		List<Child> children = new ArrayList<>();
		try (Tokens tokens = new Tokens()) {
			Child service = Child.java(this.folder, PlainService.class.getName(), "{port}");
			children.add(service);
			Optional<Child> nginx = Child.nginx(this.folder, service.port());
			nginx.ifPresent(children::add);
			Optional<Child> cloud = Child.cloudGateway(this.folder, service.port());
			cloud.ifPresent(children::add);
			Child edge = edge(tokens.issuer(), "../../gateway-config/openapi.yaml",
					"../../gateway-config/settings.yaml", service);
			children.add(edge);
			List<String> headers = List.of("Authorization: Bearer " + tokens.token("punctual/provider.read"),
					"Accept: application/json");
			String path = "/v1/clients/cli_01JG8ZT2M4Q9V7X3B5N6K8H1R2";
			List<Side> sides = new ArrayList<>();
			sides.add(new Side("service", service, new Load(service.port(), path, headers)));
			nginx.ifPresent((child) -> sides.add(new Side("nginx", child, new Load(child.port(), path, headers))));
			cloud.ifPresent(
					(child) -> sides.add(new Side("cloud gateway", child, new Load(child.port(), path, headers))));
			sides.add(new Side("edge", edge, new Load(edge.port(), path, headers)));
			sides.add(new Side("edge, cached", edge,
					new Load(edge.port(), "/v1/agreements/agr_01JG8ZT2M4Q9V7X3B5N6K8H1R2/versions/1", headers)));
			report(measure(sides));
			if (nginx.isEmpty()) {
				System.out.println("nginx is not installed: that side was left out");
			}
			if (cloud.isEmpty()) {
				System.out.println("Spring Cloud Gateway is left out: it comes with -Pbenchmark");
			}
		}
		finally {
			children.forEach(Child::close);
		}
	}

	@Test
	void throttlesExactly() throws Exception {
		List<Child> children = new ArrayList<>();
		try {
			Child service = Child.java(this.folder, PlainService.class.getName(), "{port}");
			children.add(service);
			Child edge = edge("http://localhost:1", "src/test/resources/throttled.yaml",
					"src/test/resources/throttled-settings.yaml", service);
			children.add(edge);
			Load.Outcome burst = new Load(edge.port(), "/burst", List.of()).run(0, 400);
			System.out.printf(Locale.ROOT, "burst of 100, 400 sent at once: %d admitted%n", burst.admitted());
			Load rate = new Load(edge.port(), "/rate", List.of());
			rate.run(500, 500);
			Load.Outcome admitted = rate.run(500, 5_000);
			System.out.printf(Locale.ROOT, "50/s, 500/s sent for 10 s: %d admitted, %+.1f %%%n", admitted.admitted(),
					admitted.admitted() / 5.0 - 100);
			assertThat(burst.admitted()).isEqualTo(100);
			assertThat(admitted.failed()).isZero();
			assertThat(admitted.admitted()).isBetween(475, 525);
		}
		finally {
			children.forEach(Child::close);
		}
	}

	private Child edge(String issuer, String document, String settings, Child service) throws Exception {
		List<String> arguments = new ArrayList<>(List.of("--port={port}", "--admin-port=0", "--document=" + document,
				"--settings=" + settings, "--punctual.edge.issuer=" + issuer));
		for (String name : List.of("clients", "notices", "delivery", "sla", "service")) {
			arguments.add("--punctual.edge.targets." + name + "=http://127.0.0.1:" + service.port());
		}
		Stream.of(System.getProperty("edge.arguments", "").split(" "))
			.filter((argument) -> !argument.isBlank())
			.forEach(arguments::add);
		return Child.java(this.folder, EDGE, arguments.toArray(String[]::new));
	}

	private static Map<String, List<Turn>> measure(List<Side> sides) {
		Map<String, List<Turn>> turns = new LinkedHashMap<>();
		sides.forEach((side) -> side.load().run(0, WARM_UP));
		for (int round = 0; round < ROUNDS; round++) {
			for (Side side : sides) {
				Duration before = side.process().cpu();
				Load.Outcome outcome = side.load().run(RATE, RATE * SECONDS);
				double cpu = side.process().cpu().minus(before).toNanos() / 1_000.0 / (RATE * SECONDS);
				assertThat(outcome.admitted()).as(side.name()).isEqualTo(RATE * SECONDS);
				turns.computeIfAbsent(side.name(), (name) -> new ArrayList<>())
					.add(new Turn(outcome.percentile(50), outcome.percentile(99), cpu));
			}
		}
		return turns;
	}

	private static void report(Map<String, List<Turn>> turns) {
		System.out.printf(Locale.ROOT,
				"%d requests/s, median of %d rounds of %d s; the machine's load: %.1f on %d CPUs%n", RATE, ROUNDS,
				SECONDS, ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
				Runtime.getRuntime().availableProcessors());
		System.out.println("                  p50 µs   p99 µs   CPU µs/request");
		Map<String, Turn> medians = new LinkedHashMap<>();
		turns.forEach((name, all) -> {
			Turn median = new Turn((long) median(all, (turn) -> (double) turn.p50()),
					(long) median(all, (turn) -> (double) turn.p99()), median(all, Turn::cpuMicros));
			medians.put(name, median);
			System.out.printf(Locale.ROOT, "%-14s %9d %8d %10.0f%n", name, median.p50(), median.p99(),
					median.cpuMicros());
		});
		Turn service = medians.getOrDefault("service", new Turn(0, 0, 0));
		medians.forEach((name, turn) -> System.out.printf(Locale.ROOT, "%-14s adds %5d µs at p50, %5d µs at p99%n",
				name, turn.p50() - service.p50(), turn.p99() - service.p99()));
		Turn edge = medians.getOrDefault("edge", service);
		for (String other : List.of("nginx", "cloud gateway")) {
			Turn turn = medians.get(other);
			if (turn != null) {
				System.out.printf(Locale.ROOT, "CPU per request: edge / %s = %.2f%n", other,
						edge.cpuMicros() / turn.cpuMicros());
			}
		}
		System.out.printf(Locale.ROOT, "CPU per request: cached / proxied = %.2f%n",
				medians.getOrDefault("edge, cached", edge).cpuMicros() / edge.cpuMicros());
	}

	private static double median(List<Turn> turns, java.util.function.ToDoubleFunction<Turn> of) {
		List<Double> values = turns.stream().map(of::applyAsDouble).sorted(Comparator.naturalOrder()).toList();
		return values.get(values.size() / 2);
	}

}
