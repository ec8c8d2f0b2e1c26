package io.punctual.release.tool.probe;

import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.punctual.release.tool.Command;
import io.punctual.release.tool.Documents;
import io.punctual.release.tool.Options;

/**
 * Asks all questions and writes down the answers: {@code facts.json} in full,
 * {@code facts.md} to read, {@code recorded.yaml} for the tests of the local edge. Fails
 * if an answer is another than is assumed.
 */
public final class ProbeCommand implements Command {

	@Override
	public boolean run(Options options) throws InterruptedException {
		String echoPort = options.find("echo-port");
		if (echoPort == null) {
			return ask(options);
		}
		try (Echo echo = new Echo(Integer.parseInt(echoPort))) {
			return ask(options);
		}
	}

	private static boolean ask(Options options) throws InterruptedException {
		String run = Long.toString(System.currentTimeMillis(), 36);
		List<Fact> facts = new ArrayList<>();
		try (Asker asker = new Asker(options.need("address"),
				Map.of("run", run, "key", options.need("key"), "zone", options.need("zone")))) {
			for (Probe probe : Probe.read(options.path("probes"))) {
				Observation observation = asker.ask(probe);
				Fact fact = new Fact(probe, observation, observation.differences(probe.expect(), asker::filled));
				facts.add(fact);
				System.out.println((fact.differences().isEmpty() ? "as assumed  " : "OTHERWISE   ") + probe.name()
						+ (fact.differences().isEmpty() ? "" : ": " + String.join("; ", fact.differences())));
			}
		}
		write(options.path("output"), options.need("where"), facts);
		return facts.stream().allMatch((fact) -> fact.differences().isEmpty());
	}

	private static void write(Path folder, String where, List<Fact> facts) {
		Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
		String source = "recorded from " + where + ", " + now + " (release/probe)";
		Documents.write(folder.resolve("facts.json"), Documents.JSON.writeValueAsString(
				Map.of("where", where, "at", now.toString(), "facts", facts.stream().map(Fact::asJson).toList()))
				+ "\n");
		Documents.write(folder.resolve("recorded.yaml"), Documents.YAML
			.writeValueAsString(Map.of("rows", facts.stream().map((fact) -> fact.asRow(source)).toList())));
		StringBuilder table = new StringBuilder("# What " + where + " answers\n\nAsked at " + now
				+ " by `release/probe`.\n\n| assumed | where | status | |\n|---|---|---|---|\n");
		facts.forEach((fact) -> table.append("| %s | %s | %d | %s |\n".formatted(fact.probe().name(),
				fact.probe().marked(), fact.observation().status(), fact.differences().isEmpty() ? "so it is"
						: "**otherwise**: " + String.join("; ", fact.differences()))));
		Documents.write(folder.resolve("facts.md"), table.toString());
	}

}
