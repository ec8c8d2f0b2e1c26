package io.punctual.local.launcher.benchmark;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Says what was measured as soon as it is, each figure with its ratio to what it must be
 * and with the processor time that it cost.
 */
final class Report {

	private final Supplier<Map<String, Duration>> cpu;

	private Map<String, Duration> before = Map.of();

	/**
	 * Begin a report.
	 * @param cpu the time that each part has computed so far
	 */
	Report(Supplier<Map<String, Duration>> cpu) {
		this.cpu = cpu;
	}

	/** A measurement begins: what is computed from now on belongs to it. */
	void begin() {
		this.before = this.cpu.get();
	}

	void add(String what, double perSecond, double must) {
		say("%-58s %8.0f/s   %.2f x what it must be (%.0f/s)", what, perSecond, perSecond / must, must);
	}

	void add(String what, Duration measured, Duration must) {
		say("%-58s %10s   %.2f x what it must be (%s)", what, Samples.text(measured), ratio(measured, must),
				Samples.text(must));
	}

	void addShare(String what, double share, double must) {
		say("%-58s %9.1f%%   must be less than %.0f%%", what, 100 * share, 100 * must);
	}

	/** A remark on the figure above. */
	void remark(String format, Object... arguments) {
		say("  " + format, arguments);
	}

	/**
	 * The processor time since the measurement began.
	 * @param count of how many things
	 * @return the time of each, all services and the database
	 */
	Duration cpuOfEach(long count) {
		return spent(count).values().stream().reduce(Duration.ZERO, Duration::plus);
	}

	/** The same, part by part. */
	void addCpu(long count) {
		remark("CPU of each %s: %s", Samples.text(cpuOfEach(count)),
				spent(count).entrySet()
					.stream()
					.map((part) -> part.getKey() + " " + Samples.text(part.getValue()))
					.collect(Collectors.joining(", ")));
	}

	private Map<String, Duration> spent(long count) {
		Map<String, Duration> spent = new TreeMap<>(this.cpu.get());
		spent.replaceAll((part, total) -> total.minus(this.before.getOrDefault(part, Duration.ZERO))
			.dividedBy(Math.max(1, count)));
		return spent;
	}

	private static void say(String format, Object... arguments) {
		System.out.println(String.format(Locale.ROOT, format, arguments));
	}

	static double ratio(Duration one, Duration other) {
		return (double) one.toNanos() / other.toNanos();
	}

}
